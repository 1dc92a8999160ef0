import { ICMP_BASE, ICMPV6_BASE, icmpOfPoint, formatCidr, OTHER_BASE, TransportSet, UDP_BASE } from '#netset';
import type { Network, Policy, Rule, Selector } from '#model';
import type { GroupRule, GroupRuleSource } from '../undo/group-rule.ts';

/** What a rule of the model says, in AWS's own terms; `undefined` where no one rule of AWS says it. */
export function vendorRule(
  policy: Policy,
  rule: Rule,
  words: Pick<Rule, 'selector' | 'transport'>,
  network: Network,
): GroupRule | undefined {
  const flows = flowsOf(words.transport);
  const source = sourceOf(words.selector, policy, network);
  if (flows === undefined || source === undefined) return undefined;
  return {
    group: policy.at.id,
    direction: rule.direction,
    ...flows,
    source,
    description: rule.description === '' ? undefined : rule.description,
    id: undefined,
  };
}

/** `sgr-…`, where AWS gave the rule an id that was read. */
export function vendorRuleId({ at }: Rule): string | undefined {
  return /^sgr-[0-9a-f]+$/.test(at.id) ? at.id : undefined;
}

type Flows = Pick<GroupRule, 'protocol' | 'from' | 'to'>;

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html */
export function flowsOf(transport: TransportSet): Flows | undefined {
  if (transport.equals(TransportSet.ALL)) return { protocol: '-1', from: undefined, to: undefined };
  for (const [protocol, number, whole] of [
    ['tcp', 6, TransportSet.tcp()],
    ['udp', 17, TransportSet.udp()],
  ] as const) {
    const [range, ...more] = transport.portsOf(number);
    if (range !== undefined && more.length === 0 && transport.isSubsetOf(whole))
      return { protocol, from: range.first, to: range.last };
  }
  const [first, end, ...more] = transport.spans;
  if (first === undefined || end === undefined || more.length > 0 || first < UDP_BASE) return undefined;
  if (first >= OTHER_BASE)
    return end === first + 1
      ? { protocol: String(first - OTHER_BASE), from: undefined, to: undefined }
      : undefined;
  return icmpFlows(transport, first);
}

function icmpFlows(transport: TransportSet, first: number): Flows | undefined {
  if (first < ICMP_BASE) return undefined;
  const isV6 = first >= ICMPV6_BASE;
  const protocol = isV6 ? 'icmpv6' : 'icmp';
  const make = (type?: number, code?: number): TransportSet =>
    isV6 ? TransportSet.icmpv6(type, code) : TransportSet.icmp(type, code);
  if (transport.equals(make())) return { protocol, from: -1, to: -1 };
  const { type, code } = icmpOfPoint(first) ?? { type: 0, code: 0 };
  if (transport.equals(make(type))) return { protocol, from: type, to: -1 };
  return transport.equals(make(type, code)) ? { protocol, from: type, to: code } : undefined;
}

function sourceOf(selector: Selector, policy: Policy, { policies }: Network): GroupRuleSource | undefined {
  switch (selector.kind) {
    case 'ips': {
      const list = selector.text === undefined ? undefined : /^pl-[0-9a-f]+/.exec(selector.text)?.[0];
      if (list !== undefined) return { kind: 'prefix-list', id: list };
      const [cidr, ...more] = selector.ips.toCidrs();
      if (cidr === undefined || more.length > 0 || selector.text !== undefined) return undefined;
      return { kind: cidr.family === 4 ? 'ipv4' : 'ipv6', id: formatCidr(cidr) };
    }
    case 'group': {
      const named = [...policies.values()].find(
        ({ kind, at }) => kind === 'any-allow' && at.id === (selector.group as string),
      );
      // whose it is has to be said for a group of another account
      if (named === undefined) return undefined;
      const account = named.at.account === policy.at.account ? undefined : named.at.account;
      return { kind: 'group', id: selector.group, account };
    }
    case 'unresolved': {
      const list = /^pl-[0-9a-f]+/.exec(selector.text)?.[0];
      return list === undefined ? undefined : { kind: 'prefix-list', id: list };
    }
    case 'anyone':
    case 'labels':
      return undefined;
  }
}
