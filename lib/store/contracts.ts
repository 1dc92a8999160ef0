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
  /**
   * Once it returns, the text stays. A writer that died on the way has left the whole text or nothing.
   *
   * @throws if the key holds another text, which is then kept: whoever names it must go on finding what it was named for
   */
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
  /** Key of the object with what else there is to say of them; absent in heads of before there was one. */
  readonly brief?: string;
  /** The version of Postern whose findings these are. */
  readonly engine: string;
  /** When the read of the snapshot began, ISO 8601 in UTC. */
  readonly readAt: string;
  readonly committedAt: string;
  /** The other targets that the run looked at together with this one, each as its head stood then. */
  readonly neighbours: readonly SeenHead[];
};

/** Another target's head as a run saw it. */
export type SeenHead = TargetKey & Pick<Head, 'snapshot' | 'readAt'>;

/** One message on one channel. */
export type Delivery = {
  readonly channel: string;
  readonly alert: string;
  /** When the channel said yes, ISO 8601; absent as long as it is owed. */
  readonly deliveredAt?: string;
  /** Until when somebody is at it, ISO 8601; absent once it is delivered. */
  readonly claimedUntil?: string;
};

/** What one run owes people: the alerts of an object, each on some channels. */
export type OutboxItem = {
  readonly id: string;
  readonly target: TargetKey;
  /** Key of the object that holds the alerts. */
  readonly alerts: string;
  readonly createdAt: string;
  /** Each channel and alert once. */
  readonly deliveries: readonly Delivery[];
};

/**
 * Heads and outbox, which are written together or not at all. Times are ISO 8601 and come back as `Date.toISOString` writes
 * them. Every method throws a RangeError, before anything is written, for what only a bug can pass: a time that is none, a
 * version that is no whole number from 1 on, an item that names a delivery twice.
 */
export type StateStore = {
  readonly head: (target: TargetKey) => Promise<Head | undefined>;
  /** Every target that has a head, by account and then Region, in the order of their code units. */
  readonly heads: () => Promise<readonly { readonly target: TargetKey; readonly head: Head }[]>;
  /**
   * Moves the head from `head.version - 1` (none, for the first) to `head` and writes the outbox item, in one step. An item of
   * an id that is there already is left as it is, and what of it is delivered stays delivered.
   *
   * `conflict` if the head is not at `head.version - 1` by now: then nothing is written. If this very commit was made but its
   * answer was lost, trying again may say `conflict` too: read the head, and go on from there.
   *
   * @throws if it cannot be told whether it was done. It was, or it was not; never by half.
   */
  readonly commit: (target: TargetKey, head: Head, owed?: OutboxItem) => Promise<'committed' | 'conflict'>;
  /** Writes an outbox item that no run made: a test message, a notice of tampering. Writing the same id again changes nothing. */
  readonly owe: (item: OutboxItem) => Promise<void>;
  readonly owedItem: (id: string) => Promise<OutboxItem | undefined>;
  /** The items of which something is still owed, oldest first; of the same time, by id. */
  readonly owed: () => Promise<readonly OutboxItem[]>;
  /**
   * Takes on one delivery until a time. False if it is done, unknown, or somebody's whose time is not over at `now` (it is over
   * from that time on). Of two who ask at once, one gets it. Where the answer of a claim got lost nobody may have got it, until
   * its time is over.
   */
  readonly claim: (
    id: string,
    delivery: { readonly channel: string; readonly alert: string },
    times: { readonly now: string; readonly until: string },
  ) => Promise<boolean>;
  /**
   * Gives back a delivery that was claimed until this time, for the channel said no. If the time is over, or the delivery was claimed by
   * somebody else since, nothing changes.
   */
  readonly release: (
    id: string,
    delivery: { readonly channel: string; readonly alert: string },
    claimedUntil: string,
  ) => Promise<void>;
  /**
   * Notes that a channel said yes; the first time that is noted stays. Once nothing of an item is owed any more it leaves
   * `owed`, and four weeks later it is forgotten. Of an unknown delivery it notes nothing.
   */
  readonly record: (
    id: string,
    delivery: { readonly channel: string; readonly alert: string },
    deliveredAt: string,
  ) => Promise<void>;
};

/** A small fact with a version, for one owner (a target, a channel): who is at work, what was noticed. */
export type Note = {
  readonly name: string;
  readonly value: Json;
  /** 1 when it is new, and new again after it was removed or expired; one more with each write. */
  readonly version: number;
};

/** Small facts that change. Names of one owner are in the order of their code units. */
export type NoteStore = {
  readonly read: (owner: string, name: string) => Promise<Note | undefined>;
  /**
   * Writes if the note still has this version (0: there is none, or it has expired); without a version, always. False if it has
   * another; then nothing is written. From `expiresAt` on the note counts as gone; without it, it stays until it is removed,
   * whatever was said before. Where the answer of a write with a version got lost, false may be said of it: read the note.
   *
   * @throws if the store cannot hold so much: values are meant to be small, at most some hundred kilobytes
   */
  readonly write: (
    owner: string,
    name: string,
    value: Json,
    options?: { readonly ifVersion?: number; readonly expiresAt?: Date },
  ) => Promise<boolean>;
  /** Of a note that is not there it changes nothing. */
  readonly remove: (owner: string, name: string) => Promise<void>;
  /** The notes whose name begins with a prefix, from a name on (inclusive), in order. */
  readonly list: (owner: string, prefix: string, from?: string) => Promise<readonly Note[]>;
};

/** How much was open in one part of what is watched, when a week was told. */
export type WeekFigures = {
  /** `all`, `account 111122223333`, `team payments`. */
  readonly part: string;
  /** 0 to 100, by the record's formula. */
  readonly risk: number;
  /** Open findings by severity, the gravest first: critical, high, medium, low, info. What was accepted is among them. */
  readonly open: readonly [number, number, number, number, number];
  /** Since the record before. */
  readonly opened: number;
  readonly resolved: number;
};

/** What is kept of a week, small enough to be kept for years: findings are forgotten, and this is not. */
export type WeekRecord = {
  /** ISO 8601: `2026-W09`. */
  readonly week: string;
  /** When it was told, ISO 8601 in UTC. */
  readonly at: string;
  /** Records of different formulas cannot be compared. */
  readonly formula: string;
  readonly parts: readonly WeekFigures[];
};

/** What was told week by week: never rewritten, so that a number that people have read stays what it was. */
export type HistoryStore = {
  /**
   * Keeps the record of its week, unless there is one already. Gives the one that is kept.
   *
   * @throws RangeError for a week that is none, or a record that is too large for the store
   */
  readonly record: (record: WeekRecord) => Promise<WeekRecord>;
  /** The records from a week on (inclusive), in the order of weeks. A week that nobody recorded is missing. */
  readonly since: (week: string) => Promise<readonly WeekRecord[]>;
};

export type Stores = {
  readonly objects: ObjectStore;
  readonly state: StateStore;
  readonly notes: NoteStore;
  readonly history: HistoryStore;
};
