import { idOf, type BlindSpot, type BlindSpotId } from '#model';

/** The blind spots of one translation, each kept once under its id. */
export class BlindSpots {
  readonly #byId = new Map<BlindSpotId, BlindSpot>();

  get all(): ReadonlyMap<BlindSpotId, BlindSpot> {
    return this.#byId;
  }

  /** Notes a blind spot. A second one of the same id changes nothing: an id stands for one thing not seen. */
  note(text: string, spot: Omit<BlindSpot, 'id'>): BlindSpotId {
    const id = idOf<'blind-spot'>(text);
    if (!this.#byId.has(id)) this.#byId.set(id, { id, ...spot });
    return id;
  }
}

const LONGEST_QUOTE = 80;

/** A value from the input as it may stand in a sentence: short, on one line, and never walked into. */
export function quote(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string') {
    return JSON.stringify(value.length > LONGEST_QUOTE ? `${value.slice(0, LONGEST_QUOTE)}…` : value);
  }
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return Array.isArray(value) ? 'a list' : 'an object';
}
