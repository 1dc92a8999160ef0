import { describe, expect, it } from 'vitest';
import { doubted, every, NO, oneOf, some, UNKNOWN, YES } from './maybe.ts';

describe('what is sure and what is possible', () => {
  it.each([
    ['every of nothing', every([]), YES],
    ['every of yes and unknown', every([YES, UNKNOWN]), UNKNOWN],
    ['every of no and unknown', every([NO, UNKNOWN]), NO],
    ['some of nothing', some([]), NO],
    ['some of yes and unknown', some([true, UNKNOWN]), YES],
    ['some of no and unknown', some([false, UNKNOWN]), UNKNOWN],
    ['one of yes and yes', oneOf([true, true]), YES],
    ['one of yes and no', oneOf([true, false]), UNKNOWN],
    ['one of no and no', oneOf([false, false]), NO],
    ['one of nothing', oneOf([]), NO],
    ['yes, doubted', doubted(true), UNKNOWN],
    ['no, doubted', doubted(false), NO],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected);
  });
});
