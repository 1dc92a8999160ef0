import type { Network, NetworkId } from '#model';
import type { GroupRule } from '../undo/group-rule.ts';
import { permissionsOf } from '../undo/permission.ts';
import { shellWord } from '../undo/shell-word.ts';
import type { ModelChange } from './change.ts';
import { vendorRule } from './vendor-rule.ts';

/** In place of the id that the new group gets; no id of AWS holds such characters. */
export const NEW = '<new>';

/** What every new group lets out from the start, IPv6 in a VPC that has it. https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html */
const EVERYTHING_OUT = [
  ['egress -1 0.0.0.0/0', '[{"IpProtocol":"-1","IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]'],
  ['egress -1 ::/0', '[{"IpProtocol":"-1","Ipv6Ranges":[{"CidrIpv6":"::/0"}]}]'],
] as const;

/** A group that interfaces get in place of another, with its rules. */
export type OwnGroup = {
  readonly name: string;
  readonly description: string;
  readonly vpc: string;
  readonly region: string;
  readonly insteadOf: string;
  readonly interfaces: readonly string[];
  /** {@link NEW} where they name the group itself. */
  readonly rules: readonly GroupRule[];
};

/** `undefined` where it cannot be said. Only for machines: what a service made, the service has to be told of. */
export function ownGroupOf(
  network: Network,
  { policy: id, endpoints }: Extract<ModelChange, { kind: 'group' }>,
): OwnGroup | undefined {
  const policy = network.policies.get(id);
  const vpc = endpoints[0]?.network;
  if (policy?.at.source !== 'aws' || vpc === undefined) return undefined;
  if (endpoints.some(({ role, network: each }) => role !== 'host' || each !== vpc)) return undefined;
  const rules = policy.rules.map((rule) => vendorRule(policy, rule, rule, network));
  if (!rules.every((rule) => rule !== undefined)) return undefined;
  return {
    name: `own-${endpoints[0]?.host ?? ''}`.slice(0, 255),
    description: `in place of ${policy.at.id}`,
    vpc,
    region: policy.at.region,
    insteadOf: policy.at.id,
    interfaces: endpoints.map((endpoint) => endpoint.id),
    rules: rules.map((rule): GroupRule => ({
      ...rule,
      source:
        rule.source.kind === 'group' && rule.source.id === policy.at.id
          ? { kind: 'group', id: NEW, account: undefined }
          : rule.source,
    })),
  };
}

/** Commands that give interfaces a group of their own. One undefined command: there is none. */
export function ownGroupCommands(
  network: Network,
  change: Extract<ModelChange, { kind: 'group' }>,
): readonly (string | undefined)[] {
  const own = ownGroupOf(network, change);
  if (own === undefined) return [undefined];
  const region = `--region ${shellWord(own.region)}`;
  const said = new Set(own.rules.map(textOf));
  const hasIpv6 = (network.networks.get(own.vpc as NetworkId)?.cidrs.size6() ?? 0n) > 0n;
  const fromStart = hasIpv6 ? EVERYTHING_OUT : EVERYTHING_OUT.slice(0, 1);
  return [
    `group=$(aws ec2 create-security-group ${region} --vpc-id ${shellWord(own.vpc)} --group-name ${shellWord(own.name)} --description ${shellWord(own.description)} --query GroupId --output text)`,
    ...fromStart.flatMap(([text, permissions]) =>
      said.has(text)
        ? []
        : [
            `aws ec2 revoke-security-group-egress ${region} --group-id "$group" --ip-permissions ${shellWord(permissions)}`,
          ],
    ),
    ...(['ingress', 'egress'] as const).flatMap((direction) => {
      const wanted = own.rules.filter(
        (rule) => rule.direction === direction && !fromStart.some(([text]) => text === textOf(rule)),
      );
      return wanted.length === 0
        ? []
        : [
            `aws ec2 authorize-security-group-${direction} ${region} --group-id "$group" --ip-permissions ${withGroup(JSON.stringify(permissionsOf(wanted)))}`,
          ];
    }),
    ...change.endpoints.map(({ id: endpoint, policies }) => {
      const groups = policies.map((each) =>
        each === change.policy ? '"$group"' : shellWord(network.policies.get(each)?.at.id ?? each),
      );
      return `aws ec2 modify-network-interface-attribute ${region} --network-interface-id ${shellWord(endpoint)} --groups ${groups.join(' ')}`;
    }),
  ];
}

function textOf({ direction, protocol, source }: GroupRule): string {
  return `${direction} ${protocol} ${source.id}`;
}

/** A text as one word of a shell, with the new group's id in place of what stands for it. */
function withGroup(text: string): string {
  return text.split(NEW).map(shellWord).join('"$group"');
}
