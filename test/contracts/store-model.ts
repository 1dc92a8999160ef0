import type { Delivery, Head, Json, Note, OutboxItem, TargetKey } from '#store';
import { sameDelivery } from './store-samples.ts';

const FOUR_WEEKS = 28 * 24 * 60 * 60 * 1000;

/** What the contracts say, in the plainest way: lists in memory, one process, nothing that fails. */
export class StoreModel {
  readonly #now: () => number;
  readonly #objects: Record<string, string> = {};
  #heads: { target: TargetKey; head: Head }[] = [];
  #items: { item: OutboxItem; doneAt: number }[] = [];
  #notes: { owner: string; note: Note; until: number }[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  put(key: string, text: string): void {
    if (this.#objects[key] !== undefined && this.#objects[key] !== text) throw new Error('reused');
    this.#objects[key] = text;
  }

  get(key: string): string | undefined {
    return this.#objects[key];
  }

  head(target: TargetKey): Head | undefined {
    return this.#heads.find((x) => same(x.target, target))?.head;
  }

  heads(): unknown {
    const text = ({ target }: { target: TargetKey }): string => `${target.account} ${target.region}`;
    return this.#heads.toSorted((a, b) => (text(a) < text(b) ? -1 : 1));
  }

  commit(target: TargetKey, head: Head, owed?: OutboxItem): string {
    if ((this.head(target)?.version ?? 0) + 1 !== head.version) return 'conflict';
    this.#heads = [...this.#heads.filter((x) => !same(x.target, target)), { target, head }];
    if (owed !== undefined) this.owe(owed);
    return 'committed';
  }

  owe(item: OutboxItem): void {
    this.#forget();
    if (this.owedItem(item.id) === undefined) this.#items.push({ item, doneAt: Infinity });
    this.#finish();
  }

  owedItem(id: string): OutboxItem | undefined {
    this.#forget();
    return this.#items.find(({ item }) => item.id === id)?.item;
  }

  owed(): OutboxItem[] {
    const owed = this.#items.filter(({ doneAt }) => doneAt === Infinity).map(({ item }) => item);
    return owed.toSorted((a, b) => (a.createdAt + a.id < b.createdAt + b.id ? -1 : 1));
  }

  claim(id: string, delivery: Delivery, { now, until }: { now: string; until: string }): boolean {
    const found = this.owedItem(id)?.deliveries.find((x) => sameDelivery(x, delivery));
    if (found === undefined || found.deliveredAt !== undefined) return false;
    if (found.claimedUntil !== undefined && found.claimedUntil > now) return false;
    this.#replace(id, { ...found, claimedUntil: until });
    return true;
  }

  release(id: string, { channel, alert }: Delivery, claimedUntil: string): void {
    const found = this.owedItem(id)?.deliveries.find((x) => sameDelivery(x, { channel, alert }));
    if (found?.claimedUntil === claimedUntil) this.#replace(id, { channel, alert });
  }

  record(id: string, { channel, alert }: Delivery, deliveredAt: string): void {
    const found = this.owedItem(id)?.deliveries.find((x) => sameDelivery(x, { channel, alert }));
    if (found === undefined || found.deliveredAt !== undefined) return;
    this.#replace(id, { channel, alert, deliveredAt });
    this.#finish();
  }

  read(owner: string, name: string): Note | undefined {
    return this.#notesOf(owner).find((note) => note.name === name);
  }

  write(
    owner: string,
    name: string,
    value: Json,
    { ifVersion, expiresAt }: { readonly ifVersion?: number; readonly expiresAt?: Date } = {},
  ): boolean {
    const version = this.read(owner, name)?.version ?? 0;
    if (ifVersion !== undefined && ifVersion !== version) return false;
    this.remove(owner, name);
    const note = { name, value, version: version + 1 };
    this.#notes.push({ owner, note, until: expiresAt?.getTime() ?? Infinity });
    return true;
  }

  remove(owner: string, name: string): void {
    this.#notes = this.#notes.filter((x) => x.owner !== owner || x.note.name !== name);
  }

  list(owner: string, prefix: string, from = ''): Note[] {
    const found = this.#notesOf(owner).filter(({ name }) => name.startsWith(prefix) && name >= from);
    return found.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  #notesOf(owner: string): Note[] {
    return this.#notes.filter((x) => x.owner === owner && this.#now() < x.until).map(({ note }) => note);
  }

  #replace(id: string, delivery: Delivery): void {
    this.#items = this.#items.map(({ item, doneAt }) => {
      if (item.id !== id) return { item, doneAt };
      const deliveries = item.deliveries.map((x) => (sameDelivery(x, delivery) ? delivery : x));
      return { item: { ...item, deliveries }, doneAt };
    });
  }

  #finish(): void {
    for (const kept of this.#items) {
      const isDone = kept.item.deliveries.every(({ deliveredAt }) => deliveredAt !== undefined);
      if (isDone) kept.doneAt = Math.min(kept.doneAt, this.#now());
    }
  }

  #forget(): void {
    this.#items = this.#items.filter(({ doneAt }) => this.#now() < doneAt + FOUR_WEEKS);
  }
}

function same(a: TargetKey, b: TargetKey): boolean {
  return a.account === b.account && a.region === b.region;
}
