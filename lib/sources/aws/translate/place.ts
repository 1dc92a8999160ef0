import { IpSet, parseCidr, parseIp, type Cidr, type Ip } from '#netset';
import type { BlindSpot, BlindSpotId, SourceRef } from '#model';
import { quote, type BlindSpots } from './blind-spots.ts';

/** Of which account and Region a value tells, and where to say what could not be read of it. */
export type Scope = { readonly account: string; readonly region: string; readonly blindSpots: BlindSpots };

/**
 * A value of an answer together with the path that leads to it. Its members may be missing, null or of the wrong type.
 *
 * The readers give `undefined` for a member that is missing or null, which is how AWS says "none", and also for one
 * of the wrong type, which they note as a blind spot. An empty text reads as a missing one.
 */
export class Place {
  readonly value: unknown;
  readonly path: string;
  readonly scope: Scope;

  constructor(value: unknown, path: string, scope: Scope) {
    this.value = value;
    this.path = path;
    this.scope = scope;
  }

  get isObject(): boolean {
    return typeof this.value === 'object' && this.value !== null && !Array.isArray(this.value);
  }

  /** The member as it is; null and missing are both `undefined`. */
  raw(key: string): unknown {
    return this.isObject ? ((this.value as Record<string, unknown>)[key] ?? undefined) : undefined;
  }

  has(key: string): boolean {
    return this.raw(key) !== undefined;
  }

  text(key: string): string | undefined {
    const value = this.raw(key);
    if (typeof value === 'string') return value === '' ? undefined : value;
    if (value !== undefined) this.odd(key, 'text');
    return undefined;
  }

  /** A text on which nothing hangs but what people read: of the wrong type, it is empty and no blind spot. */
  words(key: string): string {
    const value = this.raw(key);
    return typeof value === 'string' ? value : '';
  }

  flag(key: string): boolean | undefined {
    const value = this.raw(key);
    if (typeof value === 'boolean') return value;
    if (value !== undefined) this.odd(key, 'true or false');
    return undefined;
  }

  /** The member as a place of its own, whatever it is. */
  at(key: string): Place {
    return new Place(this.raw(key), this.path === '' ? key : `${this.path}.${key}`, this.scope);
  }

  /** As `at`, for a member that should be an object: reading on from a missing one finds everything missing. */
  child(key: string): Place {
    const child = this.at(key);
    if (child.value !== undefined && !child.isObject) this.odd(key, 'an object');
    return child;
  }

  /** The items of a list; none if it is missing; `undefined` if the member is no list, which is noted. */
  list(key: string): readonly Place[] | undefined {
    const value = this.raw(key);
    if (value === undefined) return NO_PLACES;
    if (!Array.isArray(value)) {
      this.odd(key, 'a list');
      return undefined;
    }
    if (value.length === 0) return NO_PLACES;
    const start = `${this.path}.${key}[`;
    return value.map((item: unknown, index) => new Place(item, start + closingOf(index), this.scope));
  }

  /** As `list`, where a member that is no list may count as an empty one because noting it is enough. */
  items(key: string): readonly Place[] {
    return this.list(key) ?? NO_PLACES;
  }

  cidr(key: string): Cidr | undefined {
    const text = this.text(key);
    if (text === undefined) return undefined;
    const cidr = parseCidr(text);
    if (cidr === undefined) this.odd(key, 'a CIDR block');
    return cidr;
  }

  ip(key: string): Ip | undefined {
    const text = this.text(key);
    if (text === undefined) return undefined;
    const ip = parseIp(text);
    if (ip === undefined) this.odd(key, 'an IP address');
    return ip;
  }

  /** Notes that a member (or, without a key, the value itself) is not what it should be. */
  odd(key: string, expected: string, effect: BlindSpot['effect'] = 'hides-ways'): BlindSpotId {
    const path = key === '' ? this.path : `${this.path}.${key}`;
    const found = key === '' ? this.value : this.raw(key);
    return this.scope.blindSpots.note(
      `member-not-understood:${this.scope.account}/${this.scope.region}:${path}`,
      {
        code: 'member-not-understood',
        effect,
        what: `${path}: ${quote(found)} is not ${expected}; it is treated as unknown`,
        remedy: 'Collect the account again.',
        at: { ...this.ref(''), path },
      },
    );
  }

  ref(id: string): SourceRef {
    return { source: 'aws', account: this.scope.account, region: this.scope.region, path: this.path, id };
  }
}

const NO_PLACES: readonly Place[] = [];

/** The ends of the first paths: there is a path for every rule of an account. */
const CLOSINGS = Array.from({ length: 1000 }, (_, index) => `${String(index)}]`);

/** `3]`, which ends the path of an item. */
function closingOf(index: number): string {
  return CLOSINGS[index] ?? `${String(index)}]`;
}

/** The blocks of a list of objects that each hold one under `key`. Those that cannot be read are noted and left out. */
export function cidrsOf(items: readonly Place[], key: string): IpSet {
  return IpSet.from(items.map((item) => item.cidr(key)).filter((cidr) => cidr !== undefined));
}
