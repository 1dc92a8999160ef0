import { formatCidr, INTERNET, type Cidr, type IpSet } from '#netset';
import type { Network, Rule } from '#model';
import { ANY_ZONE, INTERNET_ZONE, UNZONED } from '#findings';
import { remark, yamlKey, zoneNameFrom } from './yaml-text.ts';

/** Somebody's office or network is no larger; of larger ranges only a person can say whose they are. */
const LEAST_PREFIX = { 4: 20, 6: 40 } as const;
const MOST_RANGES = 20;

type Range = { readonly name: string; readonly why: string; readonly blocks: readonly string[] };

/** Narrow public ranges that rules in use admit: somebody wrote each of them down. Prefix lists have their names. */
export function suggestTrusted(network: Network): string[] {
  const ranges = rangesOf(network);
  const shown = ranges.slice(0, MOST_RANGES);
  return [
    '# Address ranges that are no strangers: what comes from them is no exposure to the internet.',
    ...(shown.length === 0 ? ['trusted: {}'] : ['trusted:']),
    ...shown.flatMap(({ name, why, blocks }) => [
      `  # ${remark(why)}`,
      `  ${yamlKey(name)}: [${blocks.join(', ')}]`,
    ]),
    ...(ranges.length > shown.length
      ? [`  # and ${String(ranges.length - shown.length)} more ranges, left out: nobody trusts so many`]
      : []),
  ];
}

function rangesOf({ endpoints, policies }: Network): readonly Range[] {
  const carried = new Set([...endpoints.values()].flatMap((endpoint) => endpoint.policies));
  const found = new Map<string, { readonly rule: Rule; readonly policy: string; readonly ips: IpSet }>();
  for (const policy of [...policies.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    if (!carried.has(policy.id)) continue;
    for (const rule of policy.rules) {
      if (rule.direction !== 'ingress' || rule.action !== 'allow' || rule.selector.kind !== 'ips') continue;
      const ips = rule.selector.ips.intersect(INTERNET);
      const key = ips.toString();
      if (ips.isEmpty || found.has(key) || !ips.toCidrs().every(isNarrow)) continue;
      found.set(key, { rule, policy: policy.name, ips });
    }
  }
  const taken = new Set([ANY_ZONE, INTERNET_ZONE, UNZONED]);
  return [...found]
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, { rule, policy, ips }]) => {
      const list = rule.selector.kind === 'ips' ? /"([^"]+)"/.exec(rule.selector.text ?? '')?.[1] : undefined;
      const named = list ?? (rule.description === '' ? `range-${key.split(',')[0] ?? ''}` : rule.description);
      return {
        name: zoneNameFrom(named, taken),
        why: `group ${policy} admits ${rule.transport.toString()} from it${rule.description === '' ? '' : `: ${rule.description}`}`,
        blocks: ips.toCidrs().map((block) => `"${formatCidr(block)}"`),
      };
    });
}

function isNarrow({ family, prefix }: Cidr): boolean {
  return prefix >= LEAST_PREFIX[family];
}
