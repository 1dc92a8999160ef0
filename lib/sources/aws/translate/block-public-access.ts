import type { NetworkId } from '#model';
import type { Draft } from './draft.ts';
import type { PublicAccess } from './gateways.ts';
import type { Place } from './place.ts';
import type { Target } from './target.ts';

/**
 * VPC Block Public Access, which may close all internet gateways of an account in a Region.
 *
 * Modelled where it closes a whole network both ways. Where it closes one way only, or spares some subnets, the network
 * counts as not closed at all and a blind spot says so: that errs towards open.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
 */
export function publicAccessOf(draft: Draft): PublicAccess {
  const networkOfSubnet = new Map(
    [...draft.distinct('DescribeSubnets')].map(([id, { place }]) => [id, place.words('VpcId')]),
  );
  return {
    isBlocked(network) {
      const target = draft.homes.get(network);
      return (
        target !== undefined && !draft.foreign.has(network) && isBlocked(network, target, networkOfSubnet)
      );
    },
  };
}

function isBlocked(
  network: NetworkId,
  target: Target,
  networkOfSubnet: ReadonlyMap<string, string>,
): boolean {
  const options = target.body('DescribeVpcBlockPublicAccessOptions').child('VpcBlockPublicAccessOptions');
  const mode = options.text('InternetGatewayBlockMode');
  if (mode === undefined || mode === 'off') return false;
  const exclusions = exclusionsOf(network, target, networkOfSubnet);
  if (exclusions === undefined) return noteNarrower(network, options, mode);
  if (exclusions.some((exclusion) => isWholeAndFree(exclusion))) return false;
  const isSettled = options.text('State') !== 'update-in-progress';
  if (mode === 'block-bidirectional' && exclusions.length === 0 && isSettled) return true;
  return noteNarrower(network, options, mode);
}

/** The exclusions that touch the network or one of its subnets; `undefined` if they could not be read. */
function exclusionsOf(
  network: NetworkId,
  target: Target,
  networkOfSubnet: ReadonlyMap<string, string>,
): readonly Place[] | undefined {
  const call = 'DescribeVpcBlockPublicAccessExclusions';
  const items = target.items(call);
  if (target.unread(call) !== undefined) return undefined;
  return items
    .map(({ place }) => place)
    .filter((place) => {
      if (/^(?:delete-complete|create-failed)$/.test(place.words('State'))) return false;
      const resource = resourceOf(place);
      return resource === undefined || resource === network || networkOfSubnet.get(resource) === network;
    });
}

function isWholeAndFree(exclusion: Place): boolean {
  return (
    exclusion.words('InternetGatewayExclusionMode') === 'allow-bidirectional' &&
    /^(?:create|update)-complete$/.test(exclusion.words('State')) &&
    exclusion.words('ResourceArn').includes(':vpc/')
  );
}

/** The id at the end of the resource's ARN. */
function resourceOf(exclusion: Place): string | undefined {
  return /\/([^/]+)$/.exec(exclusion.words('ResourceArn'))?.[1];
}

function noteNarrower(network: NetworkId, options: Place, mode: string): false {
  options.scope.blindSpots.note(`gateway-not-modelled:block-public-access:${network}`, {
    code: 'gateway-not-modelled',
    effect: 'only-narrows',
    what: `VPC Block Public Access is in mode ${mode} and its effect on ${network} is not modelled; the network counts as open`,
    remedy: '',
    at: options.ref(network),
  });
  return false;
}
