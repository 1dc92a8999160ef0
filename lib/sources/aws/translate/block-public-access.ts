import type { Access, BlindSpotId, NetworkId, PublicAccess } from '#model';
import type { Draft } from './draft.ts';
import type { Place } from './place.ts';
import type { Target } from './target.ts';

/** What each subnet and the internet may exchange; `undefined` where nothing limits it. */
export type PublicAccessOf = (subnet: string, network: NetworkId) => PublicAccess | undefined;

type Limits = Pick<PublicAccess, 'in' | 'out' | 'nat' | 'egressOnly'>;

const OPEN: Limits = { in: 'open', out: 'open', nat: 'open', egressOnly: 'open' };
const CLOSED: Limits = { in: 'closed', out: 'closed', nat: 'closed', egressOnly: 'closed' };
/** What an exclusion of mode `allow-egress` leaves. */
const OUT_ONLY: Limits = { ...OPEN, in: 'closed' };
/** Mode `block-ingress`: of what leaves, only what NAT gateways and egress-only gateways send. */
const THROUGH_GATEWAYS: Limits = { ...OPEN, in: 'closed', out: 'closed' };

/**
 * VPC Block Public Access, which may close all internet gateways and egress-only ones of an account in a Region, but for the
 * networks and subnets that are excluded. It counts for a shared subnet as its owner set it. Peerings, transit
 * gateways, VPNs and endpoints are not touched by it.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
 * https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html
 */
export function publicAccessOf(draft: Draft): PublicAccessOf {
  const exclusions = new Map<Target, Exclusions>();
  return (subnet, network) => {
    const target = draft.homes.get(network);
    const because = draft.foreign.get(network);
    // a network of somebody else goes by its owner's settings; of one that was not read nobody says whose it is
    const isOwn = target?.account === draft.networks.get(network)?.account;
    if (target === undefined || (because !== undefined && !isOwn)) return undefined;
    const options = target.body('DescribeVpcBlockPublicAccessOptions').child('VpcBlockPublicAccessOptions');
    const mode = options.text('InternetGatewayBlockMode');
    if (mode === undefined || mode === 'off') return undefined;
    let excluded = exclusions.get(target);
    if (excluded === undefined) exclusions.set(target, (excluded = exclusionsOf(target)));
    const settled = because === undefined && options.text('State') !== 'update-in-progress';
    const possible = [
      ...(settled ? [] : [OPEN]),
      ...modesFor(excluded, [subnet, network]).flatMap((exclusion) => limitsOf(mode, exclusion)),
    ];
    const limits = combined(possible);
    if (Object.values(limits).every((access) => access === 'open')) return undefined;
    const cause = Object.values(limits).includes('unknown')
      ? (because ?? noteUnknown(subnet, options, mode))
      : limits.nat === 'closed' && natNetworks(draft, excluded).has(network)
        ? noteNat(subnet, options)
        : undefined;
    const setBy = options.words('ManagedBy') === 'declarative-policy' ? ', set by the organisation' : '';
    return {
      ...limits,
      text: `closed by VPC Block Public Access (${mode}${setBy})`,
      ...(cause !== undefined && { because: cause }),
    };
  };
}

/** What a mode leaves of traffic, by the exclusion that applies; several where it is not known what it does. */
function limitsOf(mode: string, exclusion: ExclusionMode): readonly Limits[] {
  if (exclusion === 'allow-bidirectional') return [OPEN];
  switch (mode) {
    case 'block-bidirectional':
      return exclusion === 'allow-egress' ? [OUT_ONLY] : [CLOSED];
    case 'block-ingress':
      // the other kind of exclusion only applies to the other mode
      return [THROUGH_GATEWAYS];
    default:
      return [OPEN, CLOSED];
  }
}

function combined(possible: readonly Limits[]): Limits {
  const of = (way: keyof Limits): Access => {
    const [first, ...others] = new Set(possible.map((limits) => limits[way]));
    return first === undefined || others.length > 0 ? 'unknown' : first;
  };
  return { in: of('in'), out: of('out'), nat: of('nat'), egressOnly: of('egressOnly') };
}

type ExclusionMode = 'none' | 'allow-bidirectional' | 'allow-egress';

/** The modes that an exclusion of a network or subnet may have; `isPartial`: there may be others that were not read. */
type Exclusions = {
  readonly byResource: ReadonlyMap<string, readonly (readonly ExclusionMode[])[]>;
  readonly isPartial: boolean;
};

const EVERY_MODE: readonly ExclusionMode[] = ['none', 'allow-bidirectional', 'allow-egress'];

function exclusionsOf(target: Target): Exclusions {
  const call = 'DescribeVpcBlockPublicAccessExclusions';
  const byResource = new Map<string, (readonly ExclusionMode[])[]>();
  let isPartial = false;
  for (const { place } of target.items(call)) {
    const resource = resourceOf(place);
    const modes = modesOf(place);
    if (resource === undefined) isPartial ||= modes.some((mode) => mode !== 'none');
    else byResource.set(resource, [...(byResource.get(resource) ?? []), modes]);
  }
  return { byResource, isPartial: isPartial || target.unread(call) !== undefined };
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcBlockPublicAccessExclusion.html */
function modesOf(exclusion: Place): readonly ExclusionMode[] {
  const mode = exclusion.words('InternetGatewayExclusionMode');
  const state = exclusion.words('State');
  if (/^(?:deleted?|disable)-complete$|^create-failed$/.test(state)) return ['none'];
  const isKnown = mode === 'allow-bidirectional' || mode === 'allow-egress';
  if (!isKnown) return EVERY_MODE;
  if (/^(?:create|update)-complete$/.test(state)) return [mode];
  return state.startsWith('update-') ? ['allow-bidirectional', 'allow-egress'] : ['none', mode];
}

/** What may exclude a subnet: an exclusion of its own or of its network. Of two, either may count. */
function modesFor({ byResource, isPartial }: Exclusions, ids: readonly string[]): readonly ExclusionMode[] {
  if (isPartial) return EVERY_MODE;
  const found = ids.flatMap((id) => byResource.get(id) ?? []);
  const sure = found.filter((modes) => !modes.includes('none'));
  return sure.length > 0
    ? [...new Set(found.flat().filter((mode) => mode !== 'none'))]
    : ['none', ...found.flat()];
}

/** The id at the end of the resource's ARN. */
function resourceOf(exclusion: Place): string | undefined {
  return /\/([^/]+)$/.exec(exclusion.words('ResourceArn'))?.[1];
}

/** The networks in which a NAT gateway stands in a subnet that is excluded. */
function natNetworks(draft: Draft, { byResource }: Exclusions): ReadonlySet<NetworkId> {
  return new Set(
    [...draft.gateways.values()].flatMap((gateway) =>
      gateway.kind === 'nat' && byResource.has(gateway.subnet) ? [gateway.network] : [],
    ),
  );
}

function noteNat(subnet: string, options: Place): BlindSpotId {
  return options.scope.blindSpots.note(`gateway-not-modelled:block-public-access-nat:${subnet}`, {
    code: 'gateway-not-modelled',
    effect: 'hides-ways',
    what: `${subnet} is closed by VPC Block Public Access, a NAT gateway of its network stands in a subnet that is excluded: whether ${subnet} gets out by it is not documented`,
    remedy: `Exclude ${subnet} too, or give it no route to that NAT gateway.`,
    at: options.ref(subnet),
  });
}

function noteUnknown(subnet: string, options: Place, mode: string): BlindSpotId {
  return options.scope.blindSpots.note(`gateway-not-modelled:block-public-access:${subnet}`, {
    code: 'gateway-not-modelled',
    effect: 'hides-ways',
    what: `what VPC Block Public Access (mode ${mode}) closes for ${subnet} is not known: it is being changed, or its exclusions could not be read`,
    remedy: 'Collect the account again.',
    at: options.ref(subnet),
  });
}
