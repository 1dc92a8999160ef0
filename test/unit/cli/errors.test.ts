import { readFileSync, rmSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ACCOUNT, ask, DEMO, run, scratch, type Ran } from '../../support/run-cli.ts';

const { folder, write } = scratch();
const EVENT = `${DEMO}/events/01-bastion-ssh-world`;
const FACTS = [{ from: 'bastion', to: 'api-1', flows: 'tcp/22', expect: 'allowed' }];

/** A question that was not answered: exit code 2, a reason for people on stderr, no data, no stack. */
function expectRefusal({ code, out, err }: Ran, reason: RegExp): void {
  expect(err).toMatch(reason);
  expect([code, out]).toEqual([2, '']);
  expect(err).not.toMatch(/^\s+at .*:\d+/m);
  expect(err).not.toMatch(/\[object |undefined|Error:/);
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a question that cannot be answered', () => {
  it.each<[string, readonly string[], RegExp]>([
    [
      'no such file, by the path as it was given',
      ['audit', '--snapshot', '/no/such/nowhere.json'],
      /^postern: \/no\/such\/nowhere\.json cannot be read: there is no such file or folder$/m,
    ],
    ['no such manifest', ['audit', '--kubernetes', 'nowhere.yaml'], /nowhere\.yaml: there is no such file/],
    [
      'no such configuration',
      ['audit', '--snapshot', ACCOUNT, '--config', 'no.yml'],
      /read no\.yml: there is no/,
    ],
    [
      'a folder of cases that is none',
      ['conformance', 'nowhere'],
      /cannot read nowhere: there is no such file/,
    ],
    [
      'an answer to nowhere',
      ['audit', '--snapshot', ACCOUNT, '--output', '/no/such/x.json'],
      /cannot write \/no\/such\/x\.json: there is no such file or folder/,
    ],
    [
      'an event of which nothing came',
      ['replay', `${EVENT}/event.json`, '--snapshot', ACCOUNT, '--patch', 'no.json'],
      /cannot read no\.json: there is no such file/,
    ],
    ['an unknown command', ['frobnicate'], /^postern: unknown command/],
    ['a slip in a command', ['adit'], /Did you mean audit/],
    ['an unknown option', ['audit', '--frobnicate'], /unknown option/],
    ['a missing argument', ['explain', 'bastion', '--snapshot', ACCOUNT], /missing required argument/],
    ['a format that is none', ['audit', '--snapshot', ACCOUNT, '--format', 'yaml'], /text, json, sarif/],
    [
      'a severity that is none',
      ['audit', '--snapshot', ACCOUNT, '--fail-on', 'scary'],
      /critical, high, medium, low, info, never/,
    ],
    [
      'a count that is none',
      ['paths', 'bastion', 'api-1', '--snapshot', ACCOUNT, '--max-hops', '0'],
      /whole number/,
    ],
    [
      'flows that are none',
      ['explain', 'bastion', 'api-1', 'tcp/70000', '--snapshot', ACCOUNT],
      /"tcp\/70000" is not a set of flows/,
    ],
    [
      'flows that are none, listed',
      ['list', '--port', 'ssh?', '--snapshot', ACCOUNT],
      /"ssh\?" is not a set of flows/,
    ],
    [
      'no such name',
      ['explain', 'nobody', 'bastion', '--snapshot', ACCOUNT],
      /nothing here is called "nobody"/,
    ],
    [
      'a slip in a name',
      ['paths', 'bastion', 'shop-ordres', '--snapshot', ACCOUNT],
      /"shop-ordres"; did you mean\n {2}eni-[0-9a-f]+ {2}shop-orders {2}database/,
    ],
    [
      'nothing that is here',
      ['explain', 'internet', '198.51.100.7', '--snapshot', ACCOUNT],
      /neither internet nor 198\.51\.100\.7 is a thing in this network/,
    ],
    ['half a name', ['explain', 'basti', 'api-1', '--snapshot', ACCOUNT], /did you mean[^]*bastion/],
    [
      'ends of no common family',
      ['explain', '2600::1', 'api-1', '--snapshot', ACCOUNT],
      /no addresses of one family/,
    ],
    [
      'a path that ends at the internet',
      ['paths', 'bastion', 'internet', '--snapshot', ACCOUNT],
      /not a thing in this network/,
    ],
    [
      'a list from one outside address',
      ['list', '--from', '198.51.100.7', '--snapshot', ACCOUNT],
      /see: postern explain/,
    ],
    ['a replay of nothing', ['replay', 'nowhere', '--snapshot', ACCOUNT], /cannot read nowhere/],
    ['a replay without an account', ['replay', EVENT], /--snapshot/],
    [
      'a replay of what is no event',
      ['replay', `${EVENT}/patch.json`, '--snapshot', ACCOUNT],
      /is not an event/,
    ],
    [
      'a patch that is none',
      ['replay', EVENT, '--patch', `${EVENT}/event.json`, '--snapshot', ACCOUNT],
      /is not a patch/,
    ],
    ['a diff with nothing', ['diff', ACCOUNT, 'nowhere.json'], /nowhere\.json/],
    ['no facts file', ['assert', 'nowhere.json', '--snapshot', ACCOUNT], /cannot read nowhere\.json/],
  ])('%s', async (_, args, reason) => {
    expectRefusal(await run(args), reason);
  });

  it.each<[string, unknown, RegExp]>([
    ['a file that breaks off', readFileSync(ACCOUNT, 'utf8').slice(0, 5_000), /broken\.json/],
    ['an empty file', '', /broken\.json/],
    ['a file that is no JSON', 'version: 1', /broken\.json/],
    ['JSON that is no snapshot', ['a', 'b'], /broken\.json/],
    ['a number', '42', /broken\.json/],
    ['null', 'null', /broken\.json/],
  ])('%s', async (_, content, reason) => {
    expectRefusal(await run(['audit', '--snapshot', write('broken.json', content)]), reason);
  });

  it('a file that breaks off says where', async () => {
    const text = readFileSync(ACCOUNT, 'utf8').slice(0, 5_000);
    const { err } = await run(['audit', '--snapshot', write('cut.json', text)]);
    expect(err).toMatch(/cut off|ends|byte/i);
  });

  it.each<[string, unknown, RegExp]>([
    ['no list', { facts: FACTS }, /is not a list of facts/],
    ['an empty list', [], /holds no facts/],
    ['a member too many', [{ ...FACTS[0], port: 22 }], /is not a list of facts/],
    ['an expectation that is none', [{ ...FACTS[0], expect: 'maybe' }], /is not a list of facts/],
    ['flows that are none', [{ ...FACTS[0], flows: 'tcp/x' }], /"tcp\/x" is not a set of flows/],
    ['a name that is none', [{ ...FACTS[0], from: 'nobody' }], /nothing here is called "nobody"/],
    ['cut off', '[{"from":', /cannot read/],
  ])('facts: %s', async (_, content, reason) => {
    expectRefusal(await ask('assert', write('facts.json', content)), reason);
  });

  it('an ambiguous name lists who may be meant', async () => {
    const account = JSON.parse(readFileSync(ACCOUNT, 'utf8')) as {
      DescribeInstances: { Reservations: { Instances: { Tags?: { Key: string; Value: string }[] }[] }[] };
    };
    const rename = (tag: { Key: string; Value: string }): void => {
      if (tag.Key === 'Name' && tag.Value.startsWith('api-')) tag.Value = 'api';
    };
    for (const { Instances } of account.DescribeInstances.Reservations)
      for (const { Tags } of Instances) Tags?.forEach(rename);
    const ran = await run([
      'explain',
      'internet',
      'api',
      'tcp/22',
      '--snapshot',
      write('twins.json', account),
    ]);
    expectRefusal(ran, /"api" names 3 things; take an id/);
    expect(ran.err.match(/eni-[0-9a-f]+ {2}api/g)).toHaveLength(3);
  });

  it('a patch that does not apply names the operation', async () => {
    const patch = write('patch.json', [{ op: 'remove', path: '/DescribeNothing/0' }]);
    expectRefusal(await ask('replay', EVENT, '--patch', patch), /operation 0 does not apply/);
  });

  it('an event beside which nothing says what came of it', async () => {
    const event = write('alone.json', readFileSync(`${EVENT}/event.json`, 'utf8'));
    rmSync(`${folder}/patch.json`, { force: true });
    expectRefusal(await ask('replay', event), /what came of it\? There is no .*patch\.json: give .*--after/);
  });

  it('facts that are cut off say where', async () => {
    expectRefusal(
      await ask('assert', write('cut-facts.json', '[{"from":')),
      /cut-facts\.json: it ends in the middle of an object at byte 9\. Was the file cut off\?/,
    );
  });

  it('a live account without a Region', async () => {
    for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION']) vi.stubEnv(name, undefined);
    expectRefusal(await run(['audit']), /--snapshot FILE.*--region/);
    expectRefusal(
      await run(['snapshot', `${folder}/out.json`]),
      /^postern: which Region\? Name it with --region/,
    );
  });

  it('no command at all shows the help', async () => {
    const { code, err } = await run([]);
    expect(code).toBe(2);
    expect(err).toContain('Usage: postern');
  });

  it('a folder without cases', async () => {
    const { code, err } = await run(['conformance', folder]);
    expect(code).toBe(2);
    expect(err).toMatch(/holds no case/);
  });
});
