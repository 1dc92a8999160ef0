import { describe, expect, it } from 'vitest';
import { expecting, runCase, runFiles, tinyAccount } from './tiny-account.ts';

const open = {
  from: 'internet',
  to: { eni: 'eni-web' },
  protocol: 'tcp',
  ports: '443',
  reachable: true,
  twoWay: true,
  routed: true,
};
const shut = { ...open, ports: '22', reachable: false, twoWay: false };

describe('a folder of cases', () => {
  it('counts a case whose facts hold, and says nothing of it', async () => {
    const { lines, counts } = await runCase(tinyAccount(), expecting('flows', [open, shut]));
    expect(counts).toEqual({ passed: 1, failed: 0, skipped: 0 });
    expect(lines).toEqual(['1 passed, 0 failed, 0 skipped']);
  });

  it('prints a fact that does not hold, with what was expected, what it got, and why', async () => {
    const wrong = { ...shut, reachable: true, twoWay: undefined, note: 'SSH is open' };
    const { lines, counts } = await runCase(tinyAccount(), expecting('flows', [open, wrong]));
    expect(counts).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(lines).toEqual([
      'failed   case',
      '  fact      {"from":"internet","to":{"eni":"eni-web"},"protocol":"tcp","ports":"22","reachable":true,"routed":true}',
      '  expected  reachable true',
      expect.stringMatching(/^ {2}got {7}no traffic, from 1\.0\.0\.0 to eni-web \(10\.0\.1\.10\)$/),
      '  because   SSH is open; groups of eni-web refuse ingress (sg-web)',
      '0 passed, 1 failed, 0 skipped',
    ]);
  });

  it('shows five differences of a case and counts the rest', async () => {
    const wrong = Array.from({ length: 7 }, (_, i) => ({
      ...open,
      ports: String(8000 + i),
      twoWay: undefined,
      routed: undefined,
    }));
    const { lines } = await runCase(tinyAccount(), expecting('flows', wrong));
    expect(lines.filter((line) => line.startsWith('  fact'))).toHaveLength(5);
    expect(lines).toContain('  and 2 more');
  });

  it('takes what lies below a case as part of it', async () => {
    const expected = expecting('flows', [open]);
    const { last } = await runFiles({
      'one/account.json': tinyAccount(),
      'one/expected.json': expected,
      'one/more/account.json': tinyAccount(),
      'one/more/expected.json': expecting('flows', [{ ...open, reachable: false }]),
      'group/two/account.json': tinyAccount(),
      'group/two/expected.json': expected,
    });
    expect(last).toBe('2 passed, 0 failed, 0 skipped');
  });

  it.each([
    { file: 'plan.json', reason: 'needs Terraform reading, a later issue' },
    { file: 'nsg-list.json', reason: 'needs Azure reading, a later issue' },
  ])('skips a case with $file: $reason', async ({ file, reason }) => {
    const { lines } = await runFiles({ [`aws/demo/${file}`]: {}, 'aws/demo/expected.json': {} });
    expect(lines).toEqual([`skipped  aws/demo: ${reason}`, '0 passed, 0 failed, 1 skipped']);
  });

  it.each([
    { name: 'no input that is known', files: { 'case/expected.json': {} } },
    {
      name: 'an account that is no JSON',
      files: { 'case/account.json': '{', 'case/expected.json': expecting('flows', [open]) },
    },
    {
      name: 'expectations that are no JSON',
      files: { 'case/account.json': tinyAccount(), 'case/expected.json': '{' },
    },
    {
      name: 'a kind that is not known',
      files: { 'case/account.json': tinyAccount(), 'case/expected.json': expecting('guess', [open]) },
    },
    {
      name: 'no facts',
      files: { 'case/account.json': tinyAccount(), 'case/expected.json': expecting('flows', []) },
    },
  ])('fails a case with $name', async ({ files }) => {
    expect((await runFiles(files)).last).toBe('0 passed, 1 failed, 0 skipped');
  });

  it('lets one broken case break no other', async () => {
    const { last } = await runFiles({
      'a/account.json': '[',
      'a/expected.json': expecting('flows', [open]),
      'b/account.json': tinyAccount(),
      'b/expected.json': expecting('flows', [open]),
    });
    expect(last).toBe('1 passed, 1 failed, 0 skipped');
  });

  it('skips a disputed case with the reason, whether or not it would fail', async () => {
    const files = {
      'group/case/account.json': tinyAccount(),
      'group/case/expected.json': expecting('flows', [{ ...open, reachable: false }]),
    };
    const { lines } = await runFiles(
      files,
      '# Disputed\n\n- `aws/group/case`: the peer is\n  mistaken (https://example.com)\n',
    );
    expect(lines[0]).toBe(
      'skipped  group/case: held to be wrong: the peer is mistaken (https://example.com)',
    );
    expect(lines[1]).toBe('0 passed, 0 failed, 1 skipped');
  });

  it('prints nothing that acts on a terminal', async () => {
    const { lines } = await runCase(
      tinyAccount(),
      expecting('flows', [{ ...open, reachable: false, note: 'red \u001b[31m\u009b31m' }]),
    );
    expect(lines.join('\n')).toContain(String.raw`red \u001b[31m\u009b31m`);
    expect(lines.join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  });
});
