import { describe, expect, it } from 'vitest';
import {
  EXPOSURE_SEVERITY,
  severityOfBreach,
  severityOfEgress,
  severityOfExposure,
  severityOfPath,
  SEVERITIES,
  type Falls,
  type OpenKind,
} from '#findings';

const FALLS: readonly Falls[] = ['jewel', 'next', 'nothing'];

describe('how grave an open port is', () => {
  it.each<[OpenKind, readonly string[]]>([
    ['sensitive', ['critical', 'critical', 'critical']],
    ['sensitive, requests only', ['high', 'high', 'high']],
    ['high-risk', ['high', 'high', 'high']],
    ['other', ['high', 'high', 'medium']],
    ['portless', ['medium', 'medium', 'medium']],
  ])('%s, on a jewel, with one behind, and with none', (what, expected) => {
    expect(FALLS.map((falls) => severityOfExposure(what, falls))).toEqual(expected);
  });

  it('never falls with what it is on, or with what is open', () => {
    const rows = Object.values(EXPOSURE_SEVERITY).map((row) =>
      FALLS.map((falls) => SEVERITIES.indexOf(row[falls])),
    );
    for (const row of rows) expect(row).toEqual(row.toSorted((a, b) => a - b));
    for (const [i] of FALLS.entries()) {
      const column = rows.map((row) => row[i]!);
      expect(column).toEqual(column.toSorted((a, b) => a - b));
    }
  });
});

describe('how grave a way inside is', () => {
  it.each([
    [1, 'high'],
    [2, 'high'],
    [3, 'medium'],
    [6, 'medium'],
  ])('with %d hosts that fall first', (fallen, severity) => {
    expect(severityOfPath(fallen)).toBe(severity);
  });

  it('that is forbidden, by where it ends; and a way out, by who can use it', () => {
    expect([true, false].map(severityOfBreach)).toEqual(['high', 'medium']);
    expect([true, false].map(severityOfEgress)).toEqual(['medium', 'low']);
  });
});
