import { oneLine } from '#sources/shared';
import { callOf, type CallKey, type CollectBlindSpot } from '../resources/index.ts';
import { fileBlindSpot } from './file-blind-spot.ts';
import { idInName, idLikeIn } from './file-name.ts';
import type { FileProblem } from './file-problem.ts';
import { groupBy } from './group-by.ts';
import { isObject, listOf, moreFollows, type Piece } from './piece.ts';

/** The responses of one target, joined from all its pieces, and what could not be used of them. */
export type Joined = {
  readonly responses: ReadonlyMap<CallKey, unknown>;
  readonly blindSpots: readonly CollectBlindSpot[];
  readonly problems: readonly FileProblem[];
};

/**
 * Joins the pages of each call. A call of which a page is missing is left out with a blind spot, since half a list would
 * pass for a whole one.
 */
export function joinPieces(pieces: readonly Piece[]): Joined {
  const joining = new Joining();
  const byCall = groupBy(pieces, (piece) => piece.call);
  for (const [call, ofCall] of byCall) {
    if (callOf(call).parent?.kept !== 'by-id') joining.region(call, ofCall);
  }
  // After the others: a response that names no parent is given one from the list of parents.
  for (const [call, ofCall] of byCall) {
    if (callOf(call).parent?.kept === 'by-id') joining.byId(call, ofCall);
  }
  return joining;
}

/** A response with the id that it is kept under. */
type Named = Pick<Piece, 'body' | 'file' | 'moreFollows'> & { readonly parent: string };

class Joining implements Joined {
  readonly responses = new Map<CallKey, unknown>();
  readonly blindSpots: CollectBlindSpot[] = [];
  readonly problems: FileProblem[] = [];

  region(call: CallKey, pieces: readonly Piece[]): void {
    const bodies = pieces.flatMap(({ body, of }) =>
      of === 'by-id' && isObject(body) ? Object.values(body) : [body],
    );
    if (lacksPage(pieces)) this.#cut(call, pieces);
    else this.responses.set(call, joinBodies(call, bodies));
  }

  byId(call: CallKey, pieces: readonly Piece[]): void {
    const [first] = pieces;
    if (pieces.length === 1 && first?.of === 'by-id' && !isObject(first.body)) {
      this.responses.set(call, first.body);
      return;
    }
    const named = pieces.flatMap((piece) => this.#named(call, piece));
    const byParent = groupBy(named, ({ parent }) => parent);
    // Ids come from outside: no id may find what every object inherits.
    const response = Object.create(null) as Record<string, unknown>;
    for (const [parent, ofParent] of byParent) {
      if (lacksPage(ofParent)) this.#cut(call, ofParent, parent);
      else {
        const bodies = ofParent.map(({ body }) => body);
        response[parent] = joinBodies(call, bodies);
      }
    }
    const isWhole = pieces.every(({ of }) => of !== 'not-said') || byParent.size > 0;
    if (isWhole) this.responses.set(call, response);
  }

  /** The responses in a piece, each with the id of its parent. */
  #named(call: CallKey, piece: Piece): readonly Named[] {
    const { body, of, file } = piece;
    if (of === 'by-id') {
      if (!isObject(body)) return [];
      return Object.entries(body).map(([parent, one]) => ({
        body: one,
        parent,
        moreFollows: moreFollows(one),
        file,
      }));
    }
    const parent =
      of === 'not-said' ? this.#parentOf(call, file) : typeof of === 'object' ? of.parent : undefined;
    if (parent !== undefined) return [{ body, parent, moreFollows: piece.moreFollows === true, file }];
    const id = callOf(call).parent?.id ?? 'id';
    const message = `a response of ${call} does not tell its ${id}. Put the id, or for an ARN its last part, into the file's name.`;
    this.problems.push({ level: 'warning', file, path: call, message });
    return [];
  }

  #parentOf(call: CallKey, file: string): string | undefined {
    const { parent } = callOf(call);
    const parents = parent === undefined ? undefined : this.responses.get(parent.call as CallKey);
    const items = isObject(parents) ? listOf(parents[parent?.member ?? '']) : [];
    const ids = items.map((item) => (isObject(item) ? item[parent?.id ?? ''] : undefined));
    return (
      idInName(
        file,
        ids.filter((id) => typeof id === 'string'),
      ) ?? idLikeIn(file)
    );
  }

  #cut(call: CallKey, pieces: readonly Pick<Piece, 'file'>[], parent?: string): void {
    const of = parent === undefined ? '' : ` of ${oneLine(parent)}`;
    this.blindSpots.push(
      fileBlindSpot('cut', call, 'holds a token for another page, which is not there', parent),
    );
    const file = pieces[0]?.file ?? '';
    const message = `${call}${of} holds a token for another page, which is not there; it counts as not read`;
    this.problems.push({ level: 'warning', file, path: call, message });
  }
}

/** Of the pages of one response, exactly the last has no token. */
function lacksPage(pieces: readonly Pick<Piece, 'moreFollows'>[]): boolean {
  return pieces.length > 0 && pieces.every((piece) => piece.moreFollows === true);
}

/** One body as it came; of several the lists are joined. What is no object is left for the structural check to name. */
function joinBodies(call: CallKey, bodies: readonly unknown[]): unknown {
  const { member } = callOf(call);
  if (bodies.length === 1) return bodies[0];
  const odd = bodies.find((body) => !isObject(body) || (member in body && !Array.isArray(body[member])));
  if (odd !== undefined) return odd;
  const items = bodies.flatMap((body) => (isObject(body) ? listOf(body[member]) : []));
  return { ...(isObject(bodies[0]) ? bodies[0] : {}), [member]: items };
}
