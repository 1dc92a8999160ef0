import { describe, expect, it } from 'vitest';
import { parseArguments, USAGE } from '../../smoke/arguments.ts';

const parse = (...argv: readonly string[]) => parseArguments(argv, {});

describe('the arguments of the smoke test', () => {
  it('read only, unless told to write', () => {
    expect(parse('--region', 'eu-west-1')).toEqual({
      kind: 'run',
      args: { region: 'eu-west-1', stage: 'prod', waitMs: 900_000, mayWrite: false },
    });
    expect(
      parse('--region', 'eu-west-1', '--yes', '--profile', 'p', '--stage', 'dev', '--minutes', '5'),
    ).toEqual({
      kind: 'run',
      args: { region: 'eu-west-1', profile: 'p', stage: 'dev', waitMs: 300_000, mayWrite: true },
    });
  });

  it('take the Region of the environment', () => {
    expect(parseArguments([], { AWS_REGION: 'eu-west-1' })).toMatchObject({ args: { region: 'eu-west-1' } });
  });

  it.each<[string, readonly string[], RegExp]>([
    ['no Region', [], /--region/],
    ['an unknown option', ['--frobnicate'], /frobnicate/],
    ['an argument too many', ['--region', 'x', 'y'], /positional/i],
    ['a stage that is none', ['--region', 'x', '--stage', 'a b'], /no stage/],
    ['no time at all', ['--region', 'x', '--minutes', '0'], /--minutes/],
    ['a time that is none', ['--region', 'x', '--minutes', 'soon'], /--minutes/],
    ['a write with a value', ['--region', 'x', '--yes=no'], /yes/],
  ])('%s', (_, argv, why) => {
    expect(parse(...argv)).toEqual({ kind: 'wrong', why: expect.stringMatching(why) as string });
  });

  it('are explained', () => {
    expect(parse('--help')).toEqual({ kind: 'help' });
    expect(USAGE).toMatch(/--yes/);
  });
});
