import { oneLine } from '#sources/shared';
import { callOf, type CallKey, type CollectBlindSpot } from '../resources/index.ts';

/** The blind spot that a response leaves which a file has not, or not whole. `why` is read after the call's name. */
export function fileBlindSpot(
  code: 'cut' | 'malformed',
  call: CallKey,
  why: string,
  parent?: string,
): CollectBlindSpot {
  const { hides, narrows } = callOf(call);
  const of = parent === undefined ? '' : ` of ${oneLine(parent)}`;
  return {
    code,
    call,
    ...(parent === undefined ? {} : { parent: oneLine(parent) }),
    what: `${call}${of} ${why}, which hides ${hides}`,
    remedy: 'Save it again.',
    narrows,
    error: '',
  };
}
