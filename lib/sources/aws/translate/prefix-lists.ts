import { IpSet, parseCidr, type Cidr } from '#netset';
import type { BlindSpotId, Selector } from '#model';
import { quote } from './blind-spots.ts';
import type { Draft } from './draft.ts';
import { Place } from './place.ts';
import type { Target } from './target.ts';

/** The selector is the list as a rule names it, with its name: `pl-0d4e… "office"`. */
export type PrefixList =
  /** Its blocks in the order of its entries. */
  | { readonly selector: Selector; readonly cidrs: readonly Cidr[] }
  /** They are not all known. */
  | { readonly selector: Selector; readonly cidrs: undefined; readonly because: BlindSpotId };

/**
 * The prefix lists of all targets, customer-managed and AWS-managed, by id.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html
 */
export class PrefixLists {
  readonly #draft: Draft;
  readonly #names = new Map<string, string>();
  /** Lists of blocks, as text: the entries of a managed list, or the blocks that DescribePrefixLists gives. */
  readonly #entries = new Map<string, Place>();
  readonly #known = new Map<string, PrefixList>();

  constructor(draft: Draft) {
    this.#draft = draft;
    for (const target of draft.targets) {
      const bodies = target.body('GetManagedPrefixListEntries');
      if (bodies.isObject) {
        for (const id of Object.keys(bodies.value as object)) this.#entries.set(id, entriesOf(bodies, id));
      }
    }
    for (const call of ['DescribeManagedPrefixLists', 'DescribePrefixLists'] as const) {
      for (const target of draft.targets) {
        if (!target.has(call)) continue;
        for (const { id, place } of target.items(call)) {
          const name = place.words('PrefixListName');
          if (name !== '') this.#names.set(id, name);
          if (place.has('Cidrs') && !this.#entries.has(id)) this.#entries.set(id, place.at('Cidrs'));
        }
      }
    }
  }

  of(id: string, target: Target): PrefixList {
    let known = this.#known.get(id);
    if (known === undefined) this.#known.set(id, (known = this.#read(id, target)));
    return known;
  }

  #read(id: string, target: Target): PrefixList {
    const name = this.#names.get(id);
    const text = name === undefined ? id : `${id} "${name}"`;
    const unknown = (because: BlindSpotId): PrefixList => ({
      selector: { kind: 'unresolved', text, because },
      cidrs: undefined,
      because,
    });
    const entries = this.#entries.get(id);
    if (entries === undefined) return unknown(target.notCollected('GetManagedPrefixListEntries', id));
    if (!Array.isArray(entries.value)) return unknown(entries.odd('', 'a list of entries'));
    const cidrs: Cidr[] = [];
    for (const [index, entry] of (entries.value as unknown[]).entries()) {
      const cidrText = cidrTextOf(entry);
      const cidr = typeof cidrText === 'string' ? parseCidr(cidrText) : undefined;
      if (cidr === undefined)
        return unknown(this.#unreadable(text, `${entries.path}[${String(index)}]`, cidrText, entries));
      cidrs.push(cidr);
    }
    return { selector: { kind: 'ips', ips: IpSet.from(cidrs), text }, cidrs };
  }

  #unreadable(text: string, path: string, found: unknown, entries: Place): BlindSpotId {
    return this.#draft.blindSpots.note(
      `member-not-understood:${entries.scope.account}/${entries.scope.region}:${path}`,
      {
        code: 'member-not-understood',
        effect: 'hides-ways',
        what: `${path}: ${quote(found)} is not a CIDR block; prefix list ${text} is treated as unknown`,
        remedy: 'Collect the account again.',
        at: { ...entries.ref(''), path },
      },
    );
  }
}

/** An answer for one list is `{ Entries: […] }`. */
function entriesOf(bodies: Place, id: string): Place {
  const value: unknown = Object.getOwnPropertyDescriptor(bodies.value, id)?.value;
  const body = new Place(value, `${bodies.path}[${quote(id)}]`, bodies.scope);
  return Array.isArray(value) ? body : body.at('Entries');
}

/** An entry of a managed list is `{ Cidr }`; DescribePrefixLists gives the block alone. */
function cidrTextOf(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null) return entry;
  return (entry as { readonly Cidr?: unknown }).Cidr;
}
