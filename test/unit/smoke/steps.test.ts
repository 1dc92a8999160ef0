import { describe, expect, it } from 'vitest';
import { wakes } from '../../smoke/event-targets.ts';
import { output, resourcesOf, standing } from '../../smoke/stack.ts';
import { exitCodeOf, NothingToProve, runSteps, waitFor, type Step } from '../../smoke/steps.ts';

const step = (name: string, writes: boolean, run: () => Promise<string>): Step => ({
  name,
  writes,
  run,
  proves: 'something',
});
const fine = () => Promise.resolve('seen');
const broken = () => Promise.reject(new Error('not seen'));

async function ran(steps: readonly Step[], mayWrite: boolean, undo: (() => Promise<string>)[] = []) {
  const lines: string[] = [];
  const outcomes = await runSteps(steps, { mayWrite, undo, print: (line) => lines.push(line) });
  return {
    states: outcomes.map(({ name, state }) => `${name}: ${state}`),
    code: exitCodeOf(outcomes),
    lines,
  };
}

describe('the steps', () => {
  it('that write are left out without leave', async () => {
    let wrote = false;
    const writing = step('b', true, () => {
      wrote = true;
      return fine();
    });
    const { states, code, lines } = await ran([step('a', false, fine), writing], false);
    expect([states, code, wrote]).toEqual([['a: proved', 'b: left out'], 2, false]);
    expect(lines.join('\n')).toMatch(/needs --yes/);
  });

  it('go on after one that fails', async () => {
    const { states, code } = await ran([step('a', false, broken), step('b', true, fine)], true);
    expect([states, code]).toEqual([['a: not proved', 'b: proved'], 1]);
  });

  it('that have nothing to prove are left out, which is no success', async () => {
    const { states, code } = await ran(
      [step('a', false, () => Promise.reject(new NothingToProve('none')))],
      true,
    );
    expect([states, code]).toEqual([['a: left out'], 2]);
  });

  it('are no success if there is none', () => {
    expect(exitCodeOf([])).toBe(1);
  });

  it('take away what they made, the last thing first, also after a failure, and say what is left', async () => {
    const undo: (() => Promise<string>)[] = [];
    const order: string[] = [];
    const make = step('make', true, () => {
      undo.push(
        () => Promise.resolve(order.push('group')).then(() => 'group'),
        () => Promise.reject(new Error('the rule is held')),
        () => Promise.resolve(order.push('rule')).then(() => 'rule'),
      );
      return broken();
    });
    const { states, code, lines } = await ran([make], true, undo);
    expect(order).toEqual(['rule', 'group']);
    expect(states).toEqual([
      'make: not proved',
      'taken away: proved',
      'taken away: not proved',
      'taken away: proved',
    ]);
    expect([code, undo]).toEqual([1, []]);
    expect(lines.join('\n')).toMatch(/by hand: the rule is held/);
  });
});

describe('waiting', () => {
  it.each([
    [3, 4, 'found'],
    [4, 4, 'found'],
    [5, 4, 'the note: not within 1 minutes'],
  ])('for what is there at look %i, of %i that there is time for', async (at, looks, expected) => {
    let time = 0;
    let look = 0;
    const waited = waitFor('the note', () => Promise.resolve((look += 1) === at ? 'found' : undefined), {
      forMs: 60_000,
      everyMs: 20_000,
      now: () => time,
      sleep: (ms) => Promise.resolve(void (time += ms)),
    });
    expect(await waited.catch((error: unknown) => (error as Error).message)).toBe(expected);
    expect(look).toBe(Math.min(at, looks));
  });
});

describe('the stack', () => {
  it.each([
    ['CREATE_COMPLETE', true],
    ['UPDATE_COMPLETE', true],
    ['UPDATE_ROLLBACK_COMPLETE', false],
    ['ROLLBACK_COMPLETE', false],
    ['UPDATE_IN_PROGRESS', false],
  ])('%s stands: %s', (status, expected) => {
    expect(standing({ status })).toBe(expected);
  });

  it('names its queues, and what did not become one', () => {
    const queue = {
      ResourceType: 'AWS::SQS::Queue',
      LogicalResourceId: 'Q',
      PhysicalResourceId: 'https://q',
      LastUpdatedTimestamp: undefined,
    };
    const other = {
      ...queue,
      ResourceType: 'AWS::SNS::Topic',
      LogicalResourceId: 'T',
      ResourceStatus: 'CREATE_FAILED' as const,
    };
    const resources = [{ ...queue, ResourceStatus: 'CREATE_COMPLETE' as const }, other];
    expect([...resourcesOf({ resources }, 'AWS::SQS::Queue')]).toEqual([['Q', 'https://q']]);
    expect(() => resourcesOf({ resources }, 'AWS::SNS::Topic')).toThrow('T is CREATE_FAILED');
    expect(() => output({ outputs: new Map() }, 'TableName')).toThrow('no output TableName');
  });

  it.each([
    ['arn:aws:lambda:eu-west-1:111122223333:function:postern-prod-notice', true],
    ['arn:aws:lambda:eu-west-1:111122223333:function:postern-prod-notice:live', true],
    ['arn:aws:lambda:eu-west-1:111122223333:function:postern-prod-notice-other', false],
    ['arn:aws:sqs:eu-west-1:111122223333:postern-prod-notice', false],
  ])('%s is notice: %s', (Arn, expected) => {
    expect(wakes([{ Id: 'notice', Arn }], 'postern-prod-notice')).toBe(expected);
  });
});
