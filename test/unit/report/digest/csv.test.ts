import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestCsv } from '../../../../lib/report/digest/csv.ts';
import { sampleDigest, sampleFinding } from '../../../support/sample-digest.ts';

/** RFC 4180, as a spreadsheet reads it. */
function parsed(csv: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  let cell = '';
  let isQuoted = false;
  for (let i = 0; i < csv.length; i += 1) {
    const c = csv[i]!;
    if (isQuoted) {
      if (c !== '"') cell += c;
      else if (csv[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else isQuoted = false;
    } else if (c === '"') isQuoted = true;
    else if (c === ',') {
      rows.at(-1)!.push(cell);
      cell = '';
    } else if (c === '\r' && csv[i + 1] === '\n') {
      rows.at(-1)!.push(cell);
      cell = '';
      rows.push([]);
      i += 1;
    } else cell += c;
  }
  return rows.slice(0, -1);
}

describe('the attachment', () => {
  it('has a row for each finding that is open, and for each that closed', () => {
    const closed = sampleFinding({ fingerprint: 'aaaa-bbbb', closedAt: '2026-03-01T00:00:00.000Z' });
    const csv = digestCsv(sampleDigest({ open: [sampleFinding()], resolved: [closed] }));
    const [head, first, second, ...more] = parsed(csv.replace(/^\ufeff/, ''));
    expect(more).toEqual([]);
    const row = (cells: readonly string[] | undefined) =>
      Object.fromEntries(head!.map((name, i) => [name, cells![i]]));
    expect(row(first)).toMatchObject({
      state: 'open',
      severity: 'critical',
      workload: 'bastion',
      account: '111122223333',
      team: 'platform',
      closed_at: '',
      controls: 'cis-aws-7.0 6.3',
      fingerprint: 'f772-8638',
    });
    expect(row(second)).toMatchObject({ state: 'closed', closed_at: '2026-03-01T00:00:00.000Z' });
  });

  it('holds no cell that a spreadsheet would work out, and loses nothing of a name', () => {
    const names = fc.oneof(
      fc.string({ maxLength: 20 }),
      fc
        .tuple(
          fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋'),
          fc.string({ maxLength: 20 }),
        )
        .map((x) => x.join('')),
      fc.constant('=HYPERLINK("http://x","y")'),
    );
    fc.assert(
      fc.property(names, (name) => {
        const finding = sampleFinding({
          title: name,
          workload: { id: name, name },
          accountName: name,
          team: name,
        });
        const [head, cells] = parsed(digestCsv(sampleDigest({ open: [finding] })).replace(/^\ufeff/, ''));
        expect(cells).toHaveLength(head!.length);
        for (const cell of cells!) expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
        expect(cells![head!.indexOf('title')]!.replace(/^'/, '')).toBe(name.replace(/^'/, ''));
      }),
    );
  });
});
