import type { IpSet } from '#netset';
import type { BlindSpotId, GroupId } from './id.ts';

/** Whom a rule names at the far end. */
export type Selector =
  /** Everybody, inside and outside. */
  | { readonly kind: 'anyone' }
  | {
      readonly kind: 'ips';
      readonly ips: IpSet;
      /** What the rule says, when it is more than the addresses: a prefix list's name. */ readonly text?: string;
      /** That it means endpoints whose addresses are not known beforehand as well (`Endpoint.unaddressed`), which rules of their own beside it name. */
      readonly alsoUnaddressed?: true;
    }
  | {
      readonly kind: 'group';
      readonly group: GroupId;
      /** What the rule says, where it does not name the group itself. */
      readonly text?: string;
      /** Set when endpoints that were never read may carry the group too: those are unknown, not absent. */
      readonly beyond?: BlindSpotId;
    }
  | { readonly kind: 'labels'; readonly labels: ReadonlyMap<string, string> }
  | { readonly kind: 'unresolved'; readonly text: string; readonly because: BlindSpotId };

/** The selector in words, for people. */
export function describeSelector(selector: Selector): string {
  switch (selector.kind) {
    case 'anyone':
      return 'anyone';
    case 'ips':
      return selector.text ?? selector.ips.toString();
    case 'group':
      return selector.text ?? `members of ${selector.group}`;
    case 'labels':
      return [...selector.labels].map(([key, value]) => `${key}=${value}`).join(', ');
    case 'unresolved':
      return selector.text;
  }
}
