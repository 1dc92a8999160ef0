import * as z from 'zod';
import type { NoteStore, TargetKey } from '#store';
import type { RefreshMessage } from './messages.ts';
import { targetName } from './target-name.ts';

/** After the first change: a deployment makes many changes, and one pass sees them all. */
export const FIRST_WAIT_SECONDS = 30;
/** After the last change: reads lag behind writes, and some calls go on after they have answered. */
const FOLLOW_UP_MS = 90_000;
/** At most one pass a minute for a target. What the account's own users feel of it is in docs/cost.md. */
const APART_MS = 60_000;
/** A request whose message got lost is asked for anew by the next change after this. */
const DUE_LASTS_MS = 300_000;
/** Longer than a pass may run: one that has not ended by then has died. */
const PASS_LASTS_MS = 300_000;
const RETRY_SECONDS = 30;

const timerNote = z.object({
  due: z.object({ token: z.string(), expiresAt: z.string() }).optional(),
  pass: z.object({ token: z.string(), startedAt: z.string(), isDone: z.boolean() }).optional(),
});
type TimerNote = z.infer<typeof timerNote>;

/** What a pass does with its message: go on, come back later, or nothing since it was done or is not needed any more. */
export type Turn =
  | { readonly kind: 'go' }
  | { readonly kind: 'later'; readonly seconds: number }
  | { readonly kind: 'dropped'; readonly why: string };

/**
 * Who is next, for one target: keeps 500 changes in a minute from becoming 500 passes, and none of them from being missed.
 *
 * A pass takes the request away *before* it reads, so a change that comes while it reads makes a new request. Everything is in one
 * note that is only written over the version that was read.
 */
export class Timer {
  readonly #notes: NoteStore;
  readonly #owner: string;
  readonly #clock: () => Date;

  constructor(notes: NoteStore, target: TargetKey, clock: () => Date) {
    this.#notes = notes;
    this.#owner = targetName(target);
    this.#clock = clock;
  }

  /** Notes that there was a change now. */
  async noteChange(): Promise<void> {
    await this.#notes.write(this.#owner, 'last-change', this.#clock().toISOString());
  }

  /**
   * Asks for a pass. True if the caller is to send its message: it is the first to ask, or asks again for itself.
   */
  async ask(token: string): Promise<boolean> {
    return this.#change((timer) => {
      const { due } = timer;
      if (due !== undefined && due.expiresAt > this.#now()) return { answer: due.token === token };
      const expiresAt = this.#later(DUE_LASTS_MS);
      return { answer: true, next: { ...timer, due: { token, expiresAt } } };
    });
  }

  /** Whether a pass began after this time, so that it has seen what happened before. */
  async hasBegunAfter(time: string): Promise<boolean> {
    const { pass } = (await this.#read()).timer;
    return pass !== undefined && pass.startedAt > time;
  }

  /** Begins a pass if it is this message's turn. */
  async begin(message: RefreshMessage): Promise<Turn> {
    const lastChange = await this.#lastChange();
    return this.#change<Turn>((timer) => {
      const turn = this.#turnOf(message, timer, lastChange);
      if (turn.kind !== 'go') return { answer: turn };
      const { due, pass: _, ...rest } = timer;
      // only its own message takes a request away: another pass may be too early to see the change
      const kept = due !== undefined && due.token !== message.token ? { due } : {};
      const pass = { token: message.token, startedAt: this.#now(), isDone: false };
      return { answer: turn, next: { ...rest, ...kept, pass } };
    });
  }

  #turnOf(
    { reason, token, at }: RefreshMessage,
    { due, pass }: TimerNote,
    lastChange: string | undefined,
  ): Turn {
    const now = this.#clock().getTime();
    const isOwn = pass?.token === token;
    if (isOwn && pass.isDone) return { kind: 'dropped', why: 'it was done' };
    if (reason === 'noticed' && !isOwn && due?.token !== token)
      return { kind: 'dropped', why: 'another request took its place' };
    if (
      (reason === 'scheduled' || reason === 'neighbour') &&
      !isOwn &&
      pass !== undefined &&
      pass.startedAt > at
    )
      return { kind: 'dropped', why: 'a pass began since' };
    if (reason === 'follow-up' && !isOwn && lastChange !== undefined) {
      const dueAt = Date.parse(lastChange) + FOLLOW_UP_MS;
      if (dueAt > now) return { kind: 'dropped', why: 'a later change has a follow-up of its own' };
      if (pass !== undefined && Date.parse(pass.startedAt) >= dueAt)
        return { kind: 'dropped', why: 'a pass was late enough' };
    }
    if (pass === undefined) return { kind: 'go' };
    const since = now - Date.parse(pass.startedAt);
    if (since < APART_MS) return { kind: 'later', seconds: Math.ceil((APART_MS - since) / 1000) };
    // its own message comes again only after its process has died
    if (!pass.isDone && !isOwn && since < PASS_LASTS_MS) return { kind: 'later', seconds: RETRY_SECONDS };
    return { kind: 'go' };
  }

  /** How long to wait before the follow-up, in seconds; `undefined` if the last change is too long ago for one to be needed. */
  async followUpIn(): Promise<number | undefined> {
    const lastChange = await this.#lastChange();
    if (lastChange === undefined) return undefined;
    const left = Date.parse(lastChange) + FOLLOW_UP_MS - this.#clock().getTime();
    return left <= 0 ? undefined : Math.ceil(left / 1000);
  }

  /** The pass is over: its message need not be followed again. */
  async end(token: string): Promise<void> {
    await this.#change((timer) => {
      if (timer.pass?.token !== token) return { answer: undefined };
      return { answer: undefined, next: { ...timer, pass: { ...timer.pass, isDone: true } } };
    });
  }

  async #lastChange(): Promise<string | undefined> {
    const note = await this.#notes.read(this.#owner, 'last-change');
    return typeof note?.value === 'string' ? note.value : undefined;
  }

  async #read(): Promise<{ readonly timer: TimerNote; readonly version: number }> {
    const note = await this.#notes.read(this.#owner, 'timer');
    const parsed = timerNote.safeParse(note?.value);
    return { timer: parsed.success ? parsed.data : {}, version: note?.version ?? 0 };
  }

  /** Reads, decides and writes until nobody came between. */
  async #change<T>(
    decide: (timer: TimerNote) => { readonly answer: T; readonly next?: TimerNote },
  ): Promise<T> {
    for (;;) {
      const { timer, version } = await this.#read();
      const { answer, next } = decide(timer);
      if (next === undefined) return answer;
      if (await this.#notes.write(this.#owner, 'timer', next, { ifVersion: version })) return answer;
    }
  }

  #now(): string {
    return this.#clock().toISOString();
  }

  #later(ms: number): string {
    return new Date(this.#clock().getTime() + ms).toISOString();
  }
}
