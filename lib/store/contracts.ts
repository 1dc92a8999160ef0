/** What is watched as one: everything that one account has in one Region. */
export type TargetKey = { readonly account: string; readonly region: string };

/** Anything that JSON can hold. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * Texts under keys that are written once: snapshots, findings, alerts. A key says what it holds and is never reused for
 * something else, so a second `put` of the same text changes nothing.
 */
export type ObjectStore = {
  readonly put: (key: string, text: string) => Promise<void>;
  /** `undefined` if there is no such key. @throws if the store cannot be asked, or holds something that is not a text of ours */
  readonly get: (key: string) => Promise<string | undefined>;
};

/** Where a target stands: what the last committed run saw. The objects that it names are there before it names them. */
export type Head = {
  /** 1 for the first run, one more with each commit. */
  readonly version: number;
  /** Keys of objects. */
  readonly snapshot: string;
  readonly findings: string;
  /** The version of Postern whose findings these are. */
  readonly engine: string;
  /** When the read of the snapshot began, ISO 8601 in UTC. */
  readonly readAt: string;
  readonly committedAt: string;
};

/** One message on one channel. */
export type Delivery = {
  readonly channel: string;
  readonly alert: string;
  /** When the channel said yes, ISO 8601; absent as long as it is owed. */
  readonly deliveredAt?: string;
  /** Until when somebody is at it, ISO 8601. */
  readonly claimedUntil?: string;
};

/** What one run owes people: the alerts of an object, each on some channels. */
export type OutboxItem = {
  readonly id: string;
  readonly target: TargetKey;
  /** Key of the object that holds the alerts. */
  readonly alerts: string;
  readonly createdAt: string;
  readonly deliveries: readonly Delivery[];
};

/** Heads and outbox, which are written together or not at all. */
export type StateStore = {
  readonly head: (target: TargetKey) => Promise<Head | undefined>;
  /** Every target that has a head. */
  readonly heads: () => Promise<readonly { readonly target: TargetKey; readonly head: Head }[]>;
  /**
   * Moves the head from `head.version - 1` (none, for the first) to `head` and writes the outbox item, in one step.
   * `conflict` if the head is another one by now: then nothing is written.
   */
  readonly commit: (target: TargetKey, head: Head, owed?: OutboxItem) => Promise<'committed' | 'conflict'>;
  /** Writes an outbox item that no run made: a test message, a notice of tampering. Writing the same id again changes nothing. */
  readonly owe: (item: OutboxItem) => Promise<void>;
  readonly owedItem: (id: string) => Promise<OutboxItem | undefined>;
  /** The items of which something is still owed, oldest first. */
  readonly owed: () => Promise<readonly OutboxItem[]>;
  /**
   * Takes on one delivery until a time. False if it is done, unknown, or somebody else's whose time is not over at `now`. Of two
   * who ask at once, one gets it.
   */
  readonly claim: (
    id: string,
    delivery: { readonly channel: string; readonly alert: string },
    times: { readonly now: string; readonly until: string },
  ) => Promise<boolean>;
  /** Notes that a channel said yes. Once nothing of an item is owed any more it leaves `owed`, and is forgotten after some weeks. */
  readonly record: (
    id: string,
    delivery: { readonly channel: string; readonly alert: string },
    deliveredAt: string,
  ) => Promise<void>;
};

/** A small fact with a version, for one owner (a target, a channel): who is at work, what was noticed. */
export type Note = { readonly name: string; readonly value: Json; readonly version: number };

/** Small facts that change. Names of one owner are in the order of their code units. */
export type NoteStore = {
  readonly read: (owner: string, name: string) => Promise<Note | undefined>;
  /**
   * Writes if the note still has this version (0: there is none, or it has expired); without a version, always. False if it has another. After
   * `expiresAt` the note counts as gone.
   */
  readonly write: (
    owner: string,
    name: string,
    value: Json,
    options?: { readonly ifVersion?: number; readonly expiresAt?: Date },
  ) => Promise<boolean>;
  readonly remove: (owner: string, name: string) => Promise<void>;
  /** The notes whose name begins with a prefix, from a name on (inclusive), in order. */
  readonly list: (owner: string, prefix: string, from?: string) => Promise<readonly Note[]>;
};

export type Stores = {
  readonly objects: ObjectStore;
  readonly state: StateStore;
  readonly notes: NoteStore;
};
