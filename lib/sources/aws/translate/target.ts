import type { BlindSpotId } from '#model';
import { callOf, isCallKey, NOT_TOLD, type CallKey } from '../resources/index.ts';
import type { BlindSpots } from './blind-spots.ts';
import { idMemberOf, listMemberOf, remedyFor } from './calls.ts';
import { Place, type Scope } from './place.ts';

/** One thing in the list of an answer, under the id by which AWS knows it. */
export type Item = { readonly id: string; readonly place: Place; readonly target: Target };

type Answer = { readonly items: readonly Item[]; readonly unread: BlindSpotId | undefined };

/** One snapshot, which is an account in a Region, as answers of calls. */
export class Target implements Scope {
  /** Empty where the snapshot does not tell. */
  readonly account: string;
  readonly region: string;
  readonly blindSpots: BlindSpots;
  readonly #snapshot: Place;
  readonly #failures = new Map<string, BlindSpotId>();
  readonly #answers = new Map<CallKey, Answer>();
  readonly #distrusted = new Map<CallKey, BlindSpotId>();

  constructor(snapshot: unknown, blindSpots: BlindSpots) {
    const meta = new Place(snapshot, '', { account: '', region: '', blindSpots }).at('_meta');
    this.account = toldName(meta.words('account'));
    this.region = toldName(meta.words('region'));
    this.blindSpots = blindSpots;
    this.#snapshot = new Place(snapshot, '', this);
    this.#noteFailures(this.#snapshot.at('_meta'));
  }

  /** Whether the call is in the snapshot at all. */
  has(call: CallKey): boolean {
    return this.#snapshot.has(call);
  }

  /** The body of an answer; missing if the call is not in the snapshot. */
  body(call: CallKey): Place {
    return new Place(this.#snapshot.raw(call), call, this);
  }

  items(call: CallKey): readonly Item[] {
    return this.#answer(call).items;
  }

  /** Why the list of a call may lack things: it was not collected or holds something unreadable. */
  unread(call: CallKey): BlindSpotId | undefined {
    return this.#answer(call).unread ?? this.#distrusted.get(call);
  }

  /** From here on the call's list counts as one that may lack things, because of something unreadable in an item. */
  distrust(call: CallKey, because: BlindSpotId): void {
    if (!this.#distrusted.has(call)) this.#distrusted.set(call, because);
  }

  /** The blind spot of a read that was tried for this parent and failed. */
  failure(call: CallKey, parent: string): BlindSpotId | undefined {
    return this.#failures.get(`${call}/${parent}`);
  }

  /** The blind spot of a call, or of one parent's answer to it, that is not in the snapshot. */
  notCollected(call: CallKey, parent = ''): BlindSpotId {
    const failed = this.#failures.get(`${call}/${parent}`) ?? this.#failures.get(`${call}/`);
    if (failed !== undefined) return failed;
    const { hides, narrows } = callOf(call);
    const about = parent === '' ? call : `${call} for ${parent}`;
    return this.blindSpots.note(
      `not-collected:${call}${parent && `/${parent}`}:${this.account}/${this.region}`,
      {
        code: 'not-collected',
        effect: narrows ? 'only-narrows' : 'hides-ways',
        what: `${about} was not collected, which hides ${hides}`,
        remedy: remedyFor(call),
        at: this.body(call).ref(parent),
      },
    );
  }

  #answer(call: CallKey): Answer {
    let answer = this.#answers.get(call);
    if (answer === undefined) this.#answers.set(call, (answer = this.#read(call)));
    return answer;
  }

  #read(call: CallKey): Answer {
    const body = this.body(call);
    if (body.value === undefined) return { items: [], unread: this.notCollected(call) };
    const member = listMemberOf(call);
    if (member === undefined) return { items: [], unread: undefined };
    const places = body.has(member) ? body.list(member) : undefined;
    if (places === undefined) return { items: [], unread: body.odd(member, 'a list') };
    const idMember = idMemberOf(call);
    let unread: BlindSpotId | undefined;
    const seen = new Set<string>();
    const items: Item[] = [];
    for (const place of places) {
      const id = idMember === undefined ? '' : place.text(idMember);
      if (!place.isObject) unread ??= place.odd('', 'an object');
      else if (id === undefined) unread ??= place.odd(idMember ?? '', 'an id');
      else if (idMember !== undefined && seen.has(id)) unread ??= place.odd(idMember, 'an id of its own');
      else {
        seen.add(id);
        items.push({ id, place, target: this });
      }
    }
    return { items, unread };
  }

  /** What the collector tried and could not read. */
  #noteFailures(meta: Place): void {
    for (const entry of meta.items('blindSpots')) {
      const call = entry.words('call');
      const parent = entry.words('parent');
      const named = entry.words('id');
      const isDangling = entry.words('code') === 'dangling' && named !== '';
      const narrows = entry.raw('narrows') === true;
      const text = isDangling
        ? `dangling:${named}`
        : `call-failed:${call}${parent && `/${parent}`}:${this.account}/${this.region}`;
      const id = this.blindSpots.note(text, {
        code: isDangling ? 'dangling' : 'call-failed',
        effect: narrows ? 'only-narrows' : 'hides-ways',
        what: entry.words('what') || `${call || 'a call'} failed`,
        remedy: entry.words('remedy') || (isCallKey(call) ? remedyFor(call) : ''),
        at: { ...entry.ref(isDangling ? named : parent), path: call },
      });
      if (!isDangling) this.#failures.set(`${call}/${parent}`, id);
    }
  }
}

function toldName(name: string): string {
  return name === NOT_TOLD ? '' : name;
}
