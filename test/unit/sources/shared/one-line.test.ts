import { expect, it } from 'vitest';
import { oneLine } from '#sources/shared';

it.each([
  ['plain', 'plain'],
  ['two\r\nlines', 'two lines'],
  ['\u001b[31mred\u001b[0m', '[31mred [0m'],
  ['turned \u202eround', 'turned  round'],
  ['\u0000\u009b2J', '2J'],
])('oneLine(%j) is %j', (text, line) => {
  expect(oneLine(text)).toBe(line);
});
