import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { applyPatch, type Operation } from 'rfc6902';
import { ACCOUNT, ask, DEMO, run, scratch } from '../../support/run-cli.ts';

const { write } = scratch();
const EVENTS = `${DEMO}/events`;
const OPEN_EVENT = `${EVENTS}/01-bastion-ssh-world`;

/** The demo account after one of its events. */
function accountAfter(event: string): string {
  const account: unknown = JSON.parse(readFileSync(ACCOUNT, 'utf8'));
  applyPatch(account, JSON.parse(readFileSync(`${EVENTS}/${event}/patch.json`, 'utf8')) as Operation[]);
  return write(`${event}.json`, account);
}

const fact = (from: string, to: string, flows: string, expect: string) => ({ from, to, flows, expect });
const HOLDS = [
  fact('bastion', 'api-1', 'tcp/22', 'allowed'),
  fact('internet', 'bastion', 'tcp/22', 'denied'),
];

describe('each command answers', () => {
  it.each<[string, readonly string[], number, RegExp]>([
    ['audit', ['audit'], 1, /legacy-batch .*default group/],
    ['audit, not minding', ['audit', '--fail-on', 'never'], 0, /LOW/],
    ['audit, minding what is high', ['audit', '--fail-on', 'high'], 0, /LOW/],
    ['audit, minding everything', ['audit', '--fail-on', 'info'], 1, /INFO/],
    ['exposure', ['exposure'], 0, /shop-alb.*tcp 80,443.*the whole internet/],
    ['list', ['list'], 0, /shop-orders.*tcp 5432.*api-1\.\.3/],
    [
      'list to one',
      ['list', '--to', 'bastion', '--port', 'tcp/22'],
      0,
      /bastion.*tcp 22.*198\.51\.100\.0\/25/,
    ],
    ['explain, allowed', ['explain', 'bastion', 'api-1', 'tcp/22'], 0, /^allowed/],
    ['explain, denied', ['explain', 'internet', 'bastion', 'tcp/22'], 0, /^denied/],
    ['paths', ['paths', 'bastion', 'shop-orders'], 0, /bastion ─ tcp 22 ─▶ api-1 ─ tcp 5432 ─▶ shop-orders/],
    ['paths, bounded', ['paths', 'bastion', 'shop-orders', '--max-paths', '1'], 0, /^(?:.*\n){1,3}$/],
    ['no path', ['paths', 'internet', 'legacy-batch'], 0, /no (?:way|path)/],
    [
      'path through a load balancer',
      ['paths', 'internet', 'shop-orders'],
      0,
      /─▶ shop-alb ─ tcp 8080 ─▶ web-1/,
    ],
    ['blast-radius', ['blast-radius', 'bastion'], 0, /shop-redis/],
  ])('%s', async (_, args, code, expected) => {
    const ran = await ask(...args);
    expect([ran.code, ran.err]).toEqual([code, '']);
    expect(ran.out).toMatch(expected);
  });

  it('replay', async () => {
    const opened = await ask('replay', OPEN_EVENT);
    expect([opened.code, opened.err]).toEqual([1, '']);
    expect(opened.out).toMatch(/^CRITICAL/);
    const quiet = await ask('replay', `${EVENTS}/03-unused-group-rdp-world`);
    expect([quiet.code, quiet.err]).toEqual([0, '']);
    expect(quiet.out).toMatch(/^quiet[^]*nothing opened/);
    expect(quiet.out).not.toMatch(/undo|rule|path/);
  });

  it('replay takes an event file, and the account after it', async () => {
    const file = await ask(
      'replay',
      `${OPEN_EVENT}/event.json`,
      '--after',
      accountAfter('01-bastion-ssh-world'),
    );
    expect(file).toEqual(await ask('replay', OPEN_EVENT));
    const patched = await ask('replay', `${OPEN_EVENT}/event.json`, '--patch', `${OPEN_EVENT}/patch.json`);
    expect(patched).toEqual(file);
  });

  it('replay of several tells each', async () => {
    const ran = await ask(
      'replay',
      OPEN_EVENT,
      `${EVENTS}/09-web-ssh-from-bastion-revoked`,
      '--format',
      'json',
    );
    expect([ran.code, (JSON.parse(ran.out) as unknown[]).length]).toEqual([1, 2]);
  });

  it('diff', async () => {
    const after = accountAfter('02-api-ssh-world-private-subnet');
    const opened = await run(['diff', ACCOUNT, after]);
    expect([opened.code, opened.err]).toEqual([1, '']);
    expect(opened.out).toContain('33 private paths opened to api-1..3');
    const closed = await run(['diff', after, ACCOUNT]);
    expect([closed.code, closed.out.includes('closed')]).toEqual([0, true]);
    expect((await run(['diff', ACCOUNT, ACCOUNT])).code).toBe(0);
  });

  it('assert', async () => {
    const ran = await ask('assert', write('facts.json', HOLDS));
    expect([ran.code, ran.err]).toEqual([0, '']);
    expect(ran.out.match(/^holds/gm)).toHaveLength(2);
    const failing = await ask(
      'assert',
      write('false.json', [...HOLDS, fact('internet', 'shop-alb', 'tcp/443', 'denied')]),
    );
    expect([failing.code, failing.out.match(/^fails/gm)?.length]).toEqual([1, 1]);
  });

  it('demo', async () => {
    const ran = await run(['demo']);
    expect([ran.code, ran.err]).toEqual([0, '']);
    expect(ran.out).toContain('shop-alb');
    expect(ran.out.match(/^CRITICAL/gm)).toHaveLength(2);
    const longest = Math.max(...ran.out.split('\n').map((line) => line.length));
    expect(longest).toBeLessThanOrEqual(120);
  });

  it('conformance of the demo account', async () => {
    const ran = await run(['conformance', DEMO]);
    expect([ran.code, ran.err]).toEqual([0, '']);
  });

  it('help and version', async () => {
    const help = await run(['--help']);
    expect([help.code, help.err]).toEqual([0, '']);
    for (const command of [
      'audit',
      'snapshot',
      'exposure',
      'list',
      'paths',
      'blast-radius',
      'explain',
      'diff',
      'replay',
      'assert',
      'conformance',
      'demo',
    ]) {
      expect(help.out).toContain(command);
      expect((await run([command, '--help'])).code).toBe(0);
    }
    expect((await run(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('list', () => {
  it('shows of a workload what begins or ends there, through load balancers too', async () => {
    const inward = await ask('list', '--workload', 'bastion', '--direction', 'ingress');
    expect(inward.out).toMatch(
      /^from the internet\n {2}bastion {2}tcp 22 {2}from 198\.51\.100\.0\/25\n\nblind spots/,
    );
    const outward = await ask('list', '--workload', 'bastion', '--direction', 'egress');
    expect(outward.out).toMatch(/and through load balancers\n {2}web-1\.\.3 .* from bastion\n\nblind spots/);
  });

  it.each([[['--from', 'internet']], [['--to', 'web-1']], [['--from', 'bastion', '--to', 'web-1']], [[]]])(
    '%j leaves one blank line between its parts, and none around them',
    async (args) => {
      const { out } = await ask('list', ...args);
      expect(out).not.toMatch(/^\n|\n\n\n|\n\n$/);
    },
  );
});

describe('a snapshot on stdin', () => {
  it('is asked as a file is', () => {
    const command = 'node --import tsx lib/cli/main.ts exposure --snapshot -';
    const { stdout, status } = spawnSync('bash', ['-c', `${command} < ${ACCOUNT}`], { encoding: 'utf8' });
    expect(status).toBe(0);
    expect(stdout).toMatch(/bastion +tcp 22 +from 198\.51\.100\.0\/25/);
  });
});

describe('what a port filter leaves out is not shown', () => {
  it('of the internet neither', async () => {
    const ran = await ask('list', '--from', 'internet', '--port', 'tcp/22');
    expect(ran.out).toContain('bastion');
    expect(ran.out).not.toContain('shop-alb');
  });
});

describe('--format json prints one JSON document and nothing else', () => {
  it.each<readonly string[]>([
    ['audit'],
    ['exposure'],
    ['list'],
    ['list', '--from', 'internet', '--port', 'tcp/443'],
    ['explain', 'bastion', 'api-1', 'tcp/22'],
    ['explain', 'internet', 'shop-alb', 'tcp/443'],
    ['paths', 'bastion', 'shop-orders'],
    ['paths', 'internet', 'shop-orders'],
    ['blast-radius', 'internet'],
    ['replay', OPEN_EVENT],
    ['replay', `${EVENTS}/03-unused-group-rdp-world`],
    ['diff', ACCOUNT, ACCOUNT],
  ])('%s %s %s', async (...args) => {
    // a diff names both its accounts, and knows no --snapshot
    const put = args[0] === 'diff' ? run : (all: readonly string[]) => ask(...all);
    const text = await put(args);
    const json = await put([...args, '--format', 'json']);
    expect([json.code, json.err]).toEqual([text.code, '']);
    expect(JSON.parse(json.out)).toBeTypeOf('object');
    expect(json.out).not.toContain('undefined');
  });

  it('assert', async () => {
    const { out } = await ask('assert', write('facts-again.json', HOLDS), '--format', 'json');
    expect(JSON.parse(out)).toMatchObject([
      { holds: true, got: 'allowed' },
      { holds: true, got: 'denied' },
    ]);
  });

  it('an audit names its findings and blind spots', async () => {
    const { out } = await ask('audit', '--format', 'json');
    expect(JSON.parse(out)).toMatchObject({
      findings: [
        {
          check: 'default-group-in-use',
          severity: 'low',
          certainty: 'surely',
          workload: { name: 'legacy-batch' },
        },
        { severity: 'info' },
      ],
      blindSpots: expect.arrayContaining([
        expect.objectContaining({ code: 'gateway-not-modelled' }),
      ]) as unknown,
    });
  });
});

describe('the report as a page', () => {
  it('is written to a file that begins as HTML and holds the account', async () => {
    const file = write('report.html', {});
    const { code, out } = await run(['audit', '--snapshot', ACCOUNT, '--format', 'html', '--output', file]);
    expect([code, out]).toEqual([1, '']);
    const html = readFileSync(file, 'utf8');
    expect(html.startsWith('<!doctype html>\n<html lang="en">')).toBe(true);
    expect(html).toContain('"legacy-batch"');
  });

  it('is there for two snapshots as well', async () => {
    const { code, out } = await run(['diff', ACCOUNT, ACCOUNT, '--format', 'html']);
    expect(code).toBe(0);
    expect(out).toContain('"comparedWith":"2026-03-01T08:00:00.000Z"');
  });
});
