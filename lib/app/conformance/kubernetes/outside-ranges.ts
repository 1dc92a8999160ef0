import { formatIp, MAX_IPV4, parseCidr } from '#netset';
import type { Direction, Network } from '#model';

/** A range of IPv4 addresses, both ends included. */
export type Range = { readonly first: number; readonly last: number };

/** The address space cut at the edges of every block that a rule of this direction names, whoever carries the policy. */
export function outsideRanges(networks: readonly Network[], direction: Direction): readonly Range[] {
  const starts = new Set<number>([0]);
  const cut = (text: string): void => {
    const block = parseCidr(text);
    if (block?.family !== 4) return;
    starts.add(block.first);
    if (block.last < MAX_IPV4) starts.add(block.last + 1);
  };
  for (const { policies } of networks) {
    for (const { kind, rules } of policies.values()) {
      for (const rule of kind === 'tiered' ? rules : []) {
        if (rule.direction !== direction || rule.selector.kind !== 'ips') continue;
        // what a rule says, since a block that is taken out of another leaves no edge where both begin
        for (const text of (rule.selector.text ?? '').split(/ except |, /)) cut(text);
      }
    }
  }
  const ascending = [...starts].sort((a, b) => a - b);
  return ascending.map((first, i) => ({ first, last: (ascending[i + 1] ?? MAX_IPV4 + 1) - 1 }));
}

export function rangeText({ first, last }: Range): string {
  return [first, last].map((value) => formatIp({ family: 4, value })).join('-');
}
