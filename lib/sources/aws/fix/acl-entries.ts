import { formatCidr } from '#netset';
import type { Network, Policy, Rule } from '#model';
import { shellWord } from '../undo/shell-word.ts';
import type { ModelChange } from './change.ts';
import { flowsOf } from './vendor-rule.ts';

/** An entry that comes before all others of its list, in AWS's own terms. */
export type NewEntry = {
  readonly acl: string;
  readonly number: number;
  readonly isEgress: boolean;
  readonly action: 'allow' | 'deny';
  /** `6`, `17`, `1`, `58`, `-1`, …: this API takes numbers. */
  readonly protocol: string;
  readonly ports?: readonly [from: number, to: number];
  /** Type and code; -1 for any. */
  readonly icmp?: readonly [type: number, code: number];
  readonly family: 4 | 6;
  readonly cidr: string;
};

/**
 * The entries of a change of a list, or `undefined` where there is no room before its first entry. AWS takes numbers from 1 to 32766, and
 * begins with the lowest.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html
 */
export function newEntries(
  { policies }: Network,
  { policy: id, rules }: Extract<ModelChange, { kind: 'acl' }>,
): readonly NewEntry[] | undefined {
  const policy = policies.get(id);
  if (policy?.at.source !== 'aws' || policy.kind !== 'first-match') return undefined;
  const first = Math.min(32_767, ...numbersOf(policy));
  const start = first - rules.length;
  if (start < 1) return undefined;
  const entries = rules.map((rule, i) => entryOf(policy, rule, start + i));
  return entries.every((entry) => entry !== undefined) ? entries : undefined;
}

/** What a list's entries are called ends in their number. */
function numbersOf({ rules }: Policy): readonly number[] {
  return rules.flatMap(({ at }) => {
    const number = /\/(?:in|e)gress\/(\d+)$/.exec(at.id)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
}

function entryOf(
  { at }: Policy,
  { direction, action, selector, transport }: Rule,
  number: number,
): NewEntry | undefined {
  const flows = flowsOf(transport);
  const [cidr, ...more] = selector.kind === 'ips' ? selector.ips.toCidrs() : [];
  if (flows === undefined || cidr === undefined || more.length > 0 || action === 'pass') return undefined;
  const { protocol, from, to } = flows;
  const numbers: Readonly<Record<string, string>> = { tcp: '6', udp: '17', icmp: '1', icmpv6: '58' };
  const isIcmp = protocol === 'icmp' || protocol === 'icmpv6';
  return {
    acl: at.id,
    number,
    isEgress: direction === 'egress',
    action,
    protocol: numbers[protocol] ?? protocol,
    ...(from !== undefined && to !== undefined && (isIcmp ? { icmp: [from, to] } : { ports: [from, to] })),
    family: cidr.family,
    cidr: formatCidr(cidr),
  };
}

/** https://docs.aws.amazon.com/cli/latest/reference/ec2/create-network-acl-entry.html */
export function createEntries(
  network: Network,
  change: Extract<ModelChange, { kind: 'acl' }>,
): readonly (string | undefined)[] {
  const region = network.policies.get(change.policy)?.at.region ?? '';
  const entries = newEntries(network, change);
  if (entries === undefined) return [undefined];
  return entries.map(({ acl, number, isEgress, action, protocol, ports, icmp, family, cidr }) =>
    [
      'aws ec2 create-network-acl-entry',
      `--region ${shellWord(region)}`,
      `--network-acl-id ${shellWord(acl)}`,
      isEgress ? '--egress' : '--ingress',
      `--rule-number ${String(number)}`,
      `--protocol ${shellWord(protocol)}`,
      `--rule-action ${action}`,
      `${family === 4 ? '--cidr-block' : '--ipv6-cidr-block'} ${shellWord(cidr)}`,
      ...(ports === undefined ? [] : [`--port-range From=${String(ports[0])},To=${String(ports[1])}`]),
      ...(icmp === undefined ? [] : [`--icmp-type-code Type=${String(icmp[0])},Code=${String(icmp[1])}`]),
    ].join(' '),
  );
}
