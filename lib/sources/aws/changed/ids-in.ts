import { textsOf } from '../event/walk.ts';

const ID = /^[a-z]+(?:-[a-z]+)*-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

/** The EC2 ids in a part of a response that are of these kinds (a pattern of their beginnings). */
export function idsIn(value: unknown, kinds: RegExp): readonly string[] {
  return [...textsOf(value)].flatMap(({ text }) => (ID.test(text) && kinds.test(text) ? [text] : []));
}
