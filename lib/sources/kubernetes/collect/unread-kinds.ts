import { UNREAD_KINDS } from '../resources/index.ts';
import { NAMED } from './kept.ts';
import type { ListedKind } from './listed-kind.ts';

/** Names of lists that are not the kind in small letters and an s. */
const PLURALS: ReadonlyMap<string, string> = new Map([
  ['NetworkAttachmentDefinition', 'network-attachment-definitions'],
  ['IptablesDnatRule', 'iptables-dnat-rules'],
  ['OvnDnatRule', 'ovn-dnat-rules'],
  ['IptablesFIPRule', 'iptables-fip-rules'],
  ['OvnFip', 'ovn-fips'],
]);

/** The kinds of which only the names are read, since nothing is made of them but a blind spot; but for those that are listed for more. */
export function unreadKinds(listed: readonly Pick<ListedKind, 'group' | 'kind'>[]): readonly ListedKind[] {
  const known = new Set(listed.map(({ group, kind }) => `${group}/${kind}`));
  return UNREAD_KINDS.flatMap(({ group, kinds, effect, does }) =>
    kinds
      .filter((kind) => !known.has(`${group}/${kind}`))
      .map((kind) => ({
        group,
        versions: 'any',
        resource: PLURALS.get(kind) ?? pluralOf(kind),
        kind,
        keep: NAMED,
        hides: `whether there are any ${kind}, which ${does}`,
        ...(effect === 'narrows' && { narrows: true as const }),
        ...((effect === 'decides' || effect === 'decides-outside') && { isPolicy: true as const }),
      })),
  );
}

function pluralOf(kind: string): string {
  const name = kind.toLowerCase();
  if (name.endsWith('y') && !name.endsWith('way')) return `${name.slice(0, -1)}ies`;
  return /(?:s|x)$/.test(name) ? (name.endsWith('intentions') ? name : `${name}es`) : `${name}s`;
}
