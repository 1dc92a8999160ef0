import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeAccount, refusal, type FakeAccount } from '../../support/fake-account.ts';
import { ask, DEMO, run, scratch } from '../../support/run-cli.ts';

const { folder, write } = scratch();
const DAY_MS = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

type Document = {
  readonly findings: readonly {
    readonly fingerprint: string;
    readonly severity: string;
    readonly check: string;
    readonly suppression?: object;
  }[];
};

async function findings(config = write('nothing.yml', '')): Promise<Document['findings']> {
  const { out } = await ask('audit', '--format', 'json', '--config', config);
  return (JSON.parse(out) as Document).findings;
}

/** A configuration that accepts everything that the bundled account has. */
async function acceptingAll(until: string, more = ''): Promise<string> {
  const entries = (await findings()).map(
    ({ fingerprint }) =>
      `  - { fingerprint: ${fingerprint}, owner: mara, reason: known, until: ${until} ${more}}`,
  );
  return write(`accepting-${until}${more === '' ? '' : '-more'}.yml`, `exceptions:\n${entries.join('\n')}\n`);
}

describe('postern audit by a postern.yml', () => {
  it('shows what was accepted apart, and does not fail by it', async () => {
    const config = await acceptingAll(inDays(100));
    const { code, out } = await ask('audit', '--config', config, '--fail-on', 'info');
    expect(code).toBe(0);
    expect(out).toContain('no findings');
    expect(out).toMatch(new RegExp(`accepted until ${inDays(100)} by mara: known`));
    expect(out).not.toContain('end soon');
    const told = await findings(config);
    expect(told.length).toBeGreaterThan(0);
    expect(told.every(({ suppression }) => suppression !== undefined)).toBe(true);
  });

  it('once it has ended it is a finding again, and says so', async () => {
    const { code, out } = await ask('audit', '--config', await acceptingAll(inDays(-1)), '--fail-on', 'info');
    expect(code).toBe(1);
    expect(out).toContain(`the exception of mara ended on ${inDays(-1)}`);
    expect(out).not.toContain('accepted until');
  });

  it('what goes beyond what was accepted is a finding, and says in what', async () => {
    const config = await acceptingAll(inDays(100), ', accepted: { severity: info } ');
    const { out } = await ask('audit', '--config', config, '--fail-on', 'low');
    expect(out).toContain('it is low, and info was accepted');
  });

  it('lists what ends within two weeks, and what is about nothing', async () => {
    const config = write(
      'ending.yml',
      `exceptions:
  - { check: "default-*", owner: mara, reason: known, until: ${inDays(14)} }
  - { check: "latent-*", owner: jo, reason: known, until: ${inDays(15)} }
  - { fingerprint: 0000-0000, owner: jo, reason: gone, until: ${inDays(0)} }
`,
    );
    const { out } = await ask('audit', '--config', config);
    expect(out).toContain(`default-* of mara: 14 days left, until ${inDays(14)}`);
    expect(out).toContain(`0000-0000 of jo: today is its last day, until ${inDays(0)}`);
    expect(out).not.toMatch(/latent-\* of jo: /);
    expect(out).toMatch(/about nothing that is found here[^]*- 0000-0000 of jo/);
  });

  it('fails by an assertion that does not hold, whatever it finds', async () => {
    const config = write(
      'asserting.yml',
      'zones: { data: { kind: [database, cache] } }\nassertions:\n  - { from: internet, to: data, expect: denied }\n  - { from: bastion, to: data, flows: tcp/5432, expect: allowed }\n',
    );
    const { code, out } = await ask('audit', '--config', config, '--fail-on', 'critical');
    expect(code).toBe(1);
    expect(out).toMatch(/^holds {2}internet → data all: expected denied, is denied/m);
    expect(out).toMatch(/^fails {2}bastion → data tcp\/5432: expected allowed/m);
    expect((await ask('audit', '--config', config, '--fail-on', 'never')).code).toBe(0);
    const { assertions } = JSON.parse((await ask('audit', '--config', config, '--format', 'json')).out) as {
      readonly assertions: readonly { readonly to: string; readonly outcome: string }[];
    };
    expect(assertions.map(({ to, outcome }) => `${to} ${outcome}`)).toEqual(['data holds', 'data fails']);
    const { out: junit } = await ask('audit', '--config', config, '--format', 'junit');
    expect(junit).toContain('<testcase classname="postern.assertions" name="internet to data: all denied"/>');
    expect(junit).toMatch(/name="bastion to data: tcp\/5432 allowed">\s*<failure/);
  });

  it('names the place of what is wrong in it', async () => {
    const { code, err } = await ask('audit', '--config', write('wrong.yml', 'zones:\n  a: { vcp: x }\n'));
    expect(code).toBe(2);
    expect(err).toContain('wrong.yml:2:8: zones.a.vcp: there is no such key');
  });
});

describe('postern replay, and diff, by a postern.yml', () => {
  type Told = Readonly<Record<'opened' | 'accepted', readonly { readonly check: string }[]>>;
  const told = async (config: string): Promise<Record<keyof Told, string[]>> => {
    const event = `${DEMO}/events/01-bastion-ssh-world`;
    const { out } = await ask('replay', event, '--format', 'json', '--config', config);
    const [{ opened, accepted }] = JSON.parse(out) as [Told];
    return { opened: opened.map(({ check }) => check), accepted: accepted.map(({ check }) => check) };
  };

  it('what was accepted is apart, and what is meant is no finding', async () => {
    const plain = await told(write('nothing-meant.yml', ''));
    expect(plain.opened).toContain('admin-port-exposed');
    expect(plain.accepted).toEqual([]);
    const until = inDays(30);
    const accepting = `exceptions: [{ check: admin-port-exposed, owner: mara, reason: known, until: ${until} }]\n`;
    expect(await told(write('accepting.yml', accepting))).toEqual({
      opened: plain.opened.filter((check) => check !== 'admin-port-exposed'),
      accepted: ['admin-port-exposed'],
    });
    const meaning = 'exposures: [{ what: { name: bastion }, ports: tcp/22, reason: meant }]\n';
    expect((await told(write('meaning.yml', meaning))).opened).not.toContain('admin-port-exposed');
  });
});

describe('postern diff, and replay, as a gate', () => {
  const event = `${DEMO}/events/01-bastion-ssh-world`;
  const until = inDays(30);
  const accepting = (...checks: readonly string[]): string =>
    `exceptions:\n${checks.map((check) => `  - { check: ${check}, owner: mara, reason: known, until: ${until} }\n`).join('')}`;
  const everybody =
    'flows: [{ from: any, to: any, allow: tcp/22 }, { from: unzoned, to: unzoned, allow: tcp/22 }]\n';
  const meant = 'exposures: [{ what: { name: bastion }, ports: tcp/22, reason: meant }]\n';

  it.each<[string, string, number]>([
    ['what nobody answers for stops', '', 1],
    ['one finding of two that is accepted does not help', accepting('admin-port-exposed'), 1],
    [
      'what is accepted passes, with the flows that it is about',
      accepting('admin-port-exposed', 'lateral-path'),
      0,
    ],
    ['a flow of which somebody only said that the path is accepted stops', accepting('lateral-path'), 1],
    ['what is meant to be open passes, also for those inside', meant + accepting('lateral-path'), 0],
    ['of flows that are allowed the exposure stops', everybody + accepting('lateral-path'), 1],
    [
      'an exception that is over accepts nothing',
      accepting('admin-port-exposed', 'lateral-path').replaceAll(until, '2020-01-01'),
      1,
    ],
  ])('%s', async (_, config, expected) => {
    const { code, out } = await ask('replay', event, '--config', write('gate.yml', config));
    expect(code).toBe(expected);
    expect(out.includes('all that opened is meant or accepted')).toBe(expected === 0);
  });

  it('private ways that somebody allowed pass', async () => {
    const private2 = `${DEMO}/events/02-api-ssh-world-private-subnet`;
    const zones = 'zones: { all: { cidr: 10.0.0.0/8 } }\n';
    const stops = await ask('replay', private2, '--config', write('stops.yml', zones));
    const allowed = `${zones}flows: [{ from: all, to: all, allow: all }]\n`;
    const passes = await ask('replay', private2, '--config', write('passes.yml', allowed));
    expect([stops.code, passes.code]).toEqual([1, 0]);
  });
});

describe('postern assert', () => {
  it('asks the assertions of the configuration where no file is named', async () => {
    const config = write(
      'zones.yml',
      'zones: { data: { kind: database } }\nassertions: [{ from: internet, to: data, expect: denied }]\n',
    );
    const { code, out } = await ask('assert', '--config', config);
    expect([code, out]).toEqual([0, 'holds  internet → data all: expected denied, is denied\n']);
    const facts = write('zone-facts.json', [
      { from: 'api-1', to: 'data', flows: 'tcp/5432', expect: 'allowed' },
    ]);
    expect((await ask('assert', facts, '--config', config)).code).toBe(0);
  });

  it('of nothing is no answer', async () => {
    expect((await ask('assert', '--config', write('empty.yml', ''))).code).toBe(2);
    expect((await ask('assert')).err).toContain('what is to hold?');
  });
});

describe('postern suggest', () => {
  it('writes over nothing, unless it is told to', async () => {
    const file = join(folder, 'suggested.yml');
    const printed = await ask('suggest');
    expect([printed.code, printed.err]).toEqual([0, '']);
    expect((await ask('suggest', '--output', file)).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(printed.out);
    const again = await ask('suggest', '--output', file);
    expect([again.code, again.err]).toEqual([2, expect.stringContaining('is there already')]);
    expect((await ask('suggest', '--output', file, '--force')).code).toBe(0);
    expect((await ask('audit', '--config', file, '--fail-on', 'high')).code).toBe(0);
  });
});

describe('postern accept', () => {
  const words = ['--owner', 'mara', '--reason', 'it goes in spring'];

  it('writes into the file, as what was accepted, and the next audit goes by it', async () => {
    const file = join(folder, 'accepted.yml');
    const [first] = await findings();
    const done = await ask('accept', first!.fingerprint, ...words, '--until', inDays(30), '--config', file);
    expect([done.code, done.err]).toEqual([0, '']);
    expect(readFileSync(file, 'utf8')).toMatch(
      new RegExp(
        `^exceptions:\n  - fingerprint: ${first!.fingerprint}\n[^]*accepted:\n      severity: ${first!.severity}`,
      ),
    );
    const after = await findings(file);
    expect(after.filter(({ suppression }) => suppression).map(({ fingerprint }) => fingerprint)).toEqual([
      first!.fingerprint,
    ]);
  });

  it.each<[string, string, string]>([
    ['7c1e-94ab', '2020-01-01', '--until 2020-01-01 is over'],
    ['7c1e-94ab', inDays(800), 'is more than a year away'],
    ['7c1e', inDays(30), '"7c1e" is no fingerprint'],
  ])('%s until %s is refused, and nothing is written', async (fingerprint, until, why) => {
    const file = join(folder, 'refused.yml');
    const { code, err } = await run(['accept', fingerprint, ...words, '--until', until, '--config', file]);
    expect([code, err]).toEqual([2, expect.stringContaining(why)]);
    expect(existsSync(file)).toBe(false);
  });

  it('can be withdrawn: then it is a finding like any other', async () => {
    const file = join(folder, 'withdrawn.yml');
    const [first] = await findings();
    await ask('accept', first!.fingerprint, ...words, '--until', inDays(30), '--config', file);
    const { code, out } = await run(['accept', first!.fingerprint, '--withdraw', '--config', file]);
    expect([code, out]).toEqual([
      0,
      `withdrawn: nobody answers for ${first!.fingerprint} any more, in ${file}\n`,
    ]);
    expect((await findings(file)).some(({ suppression }) => suppression !== undefined)).toBe(false);
    const again = await run(['accept', first!.fingerprint, '--withdraw', '--config', file]);
    expect([again.code, again.err]).toEqual([2, expect.stringContaining('nobody accepted')]);
  });

  it.each<[string[], string]>([
    [['--owner', 'mara'], '--owner, --reason and --until are needed'],
    [['--withdraw', '--owner', 'mara'], '--owner and --until say nothing there'],
  ])('%j is refused', async (options, why) => {
    const file = join(folder, 'half.yml');
    const { code, err } = await run(['accept', '7c1e-94ab', ...options, '--config', file]);
    expect([code, err]).toEqual([2, expect.stringContaining(why)]);
  });

  it('of something that is not found is remarked, and waits for it', async () => {
    const file = join(folder, 'waiting.yml');
    const { code, err } = await ask('accept', '0000-0000', ...words, '--until', inDays(30), '--config', file);
    expect([code, err]).toEqual([0, expect.stringContaining('0000-0000 is not found')]);
  });

  describe("in a deployment's table", () => {
    let aws: FakeAccount;
    beforeEach(() => {
      vi.stubEnv('AWS_ACCESS_KEY_ID', 'testing');
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'testing');
      aws = fakeAccount();
      aws.documents.on(PutCommand).resolves({});
    });
    afterEach(() => {
      aws.restore();
      vi.unstubAllEnvs();
    });
    const inTable = () =>
      run([
        'accept',
        '7c1e-94ab',
        ...words,
        '--until',
        inDays(30),
        '--stage',
        'prod',
        '--region',
        'eu-west-1',
      ]);

    it('says who did it and when, beside what was there', async () => {
      const { code, out, err } = await inTable();
      expect([code, err]).toEqual([0, '']);
      expect(out).toContain('in the table postern-prod-Table-ABC');
      const [put] = aws.documents.commandCalls(PutCommand);
      const item = put?.args[0].input.Item as { readonly value: string };
      expect(JSON.parse(item.value)).toMatchObject({
        fingerprint: '7c1e-94ab',
        owner: 'mara',
        reason: 'it goes in spring',
        until: inDays(30),
        by: 'arn:aws:iam::111122223333:user/mara',
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
      });
    });

    it('that cannot be asked is told of', async () => {
      aws.documents.on(QueryCommand).rejects(refusal());
      const { code, err } = await inTable();
      expect([code, err]).toEqual([2, expect.stringContaining("the deployment's table cannot be used")]);
      expect(aws.documents.commandCalls(PutCommand)).toEqual([]);
    });
  });
});
