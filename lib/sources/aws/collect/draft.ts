import {
  callOf,
  type CallKey,
  type CollectBlindSpot,
  type LiveCall,
  type Responses,
} from '../resources/index.ts';
import type { Body } from './read-call.ts';

/** A snapshot while it is being read: what came, call by call, and what did not. */
export class Draft {
  readonly #responses = new Map<CallKey, Record<string, unknown>>();
  readonly #blindSpots: CollectBlindSpot[] = [];

  /** Keeps a whole answer of a call that is made once. */
  keep(call: LiveCall, body: Body): void {
    this.#responses.set(call, { ...body });
  }

  /** Starts the answers of a call that is made for each parent: from here on the call counts as read. */
  open(call: LiveCall): Record<string, unknown> {
    const known = this.#responses.get(call);
    if (known !== undefined) return known;
    const { parent, member } = callOf(call);
    // Ids come from outside: no id may find what every object inherits.
    const byId = Object.create(null) as Record<string, unknown>;
    const response = parent?.kept === 'joined' ? { [member]: [] } : byId;
    this.#responses.set(call, response);
    return response;
  }

  /** Keeps the answer for one parent. */
  keepOf(call: LiveCall, parent: string, body: Body): void {
    const response = this.open(call);
    if (callOf(call).parent?.kept === 'joined') this.add(call, body);
    else response[parent] = body;
  }

  /** Adds the items of an answer to those that are there. */
  add(call: LiveCall, body: Body): void {
    const { member } = callOf(call);
    const response = this.#responses.get(call);
    if (response === undefined) return;
    response[member] = [...listOf(response[member]), ...listOf(body[member])];
  }

  missing(blindSpot: CollectBlindSpot): void {
    this.#blindSpots.push(blindSpot);
  }

  /** The items that a call listed; `undefined` if it was not read. */
  items(call: string, member: string): readonly unknown[] | undefined {
    const response = this.#responses.get(call as CallKey);
    return response && listOf(response[member]);
  }

  /** What was read so far. Responses stand in the order given, whichever came first. */
  responses(order: readonly CallKey[]): Responses {
    const known = order.flatMap((key) => {
      const response = this.#responses.get(key);
      return response === undefined ? [] : [[key, response] as const];
    });
    return Object.fromEntries(known);
  }

  /** In the same order, then by the id that they are about. */
  blindSpots(order: readonly CallKey[]): readonly CollectBlindSpot[] {
    const rank = new Map<string, number>(order.map((key, index) => [key, index]));
    return this.#blindSpots.toSorted(
      (a, b) => (rank.get(a.call) ?? -1) - (rank.get(b.call) ?? -1) || compare(subjectOf(a), subjectOf(b)),
    );
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

function subjectOf({ parent, id }: CollectBlindSpot): string {
  return parent ?? id ?? '';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
