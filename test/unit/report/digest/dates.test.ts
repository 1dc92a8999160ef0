import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayText, isoWeek, weeksUpTo } from '#report';

describe('the ISO week', () => {
  it.each([
    // the year of a week is that of its Thursday
    { time: '2026-01-01T12:00:00Z', zone: 'UTC', week: '2026-W01' },
    { time: '2025-12-29T12:00:00Z', zone: 'UTC', week: '2026-W01' },
    { time: '2025-12-28T12:00:00Z', zone: 'UTC', week: '2025-W52' },
    { time: '2027-01-03T12:00:00Z', zone: 'UTC', week: '2026-W53' },
    { time: '2027-01-04T12:00:00Z', zone: 'UTC', week: '2027-W01' },
    { time: '2026-03-02T07:00:00Z', zone: 'Europe/Berlin', week: '2026-W10' },
    // it is Monday there already, or Sunday still
    { time: '2026-03-01T23:30:00Z', zone: 'UTC', week: '2026-W09' },
    { time: '2026-03-01T23:30:00Z', zone: 'Europe/Berlin', week: '2026-W10' },
    { time: '2026-03-02T04:30:00Z', zone: 'America/New_York', week: '2026-W09' },
    { time: '2026-03-01T10:30:00Z', zone: 'Pacific/Kiritimati', week: '2026-W10' },
  ])('of $time in $zone is $week', ({ time, zone, week }) => {
    expect(isoWeek(time, zone)).toBe(week);
  });

  it('is the same for seven days, which begin on a Monday, and names are in the order of time', () => {
    const days = fc.integer({ min: 0, max: 20_000 });
    fc.assert(
      fc.property(days, (day) => {
        const at = (d: number): string => isoWeek(new Date(d * 86_400_000).toISOString(), 'UTC');
        const isMonday = new Date(day * 86_400_000).getUTCDay() === 1;
        expect(at(day) === at(day + 1)).toBe(new Date((day + 1) * 86_400_000).getUTCDay() !== 1);
        expect(at(day) <= at(day + 1)).toBe(true);
        if (isMonday) expect(at(day + 6)).toBe(at(day));
      }),
    );
  });

  it('twelve up to one are twelve, in order, and over the end of a year', () => {
    expect(weeksUpTo('2026-01-20T08:00:00Z', 'UTC', 5)).toEqual([
      '2025-W52',
      '2026-W01',
      '2026-W02',
      '2026-W03',
      '2026-W04',
    ]);
    const weeks = weeksUpTo('2026-03-29T22:30:00Z', 'Europe/Berlin', 12);
    expect(new Set(weeks).size).toBe(12);
    expect(weeks.at(-1)).toBe('2026-W14');
  });
});

it('a day is named as it is where people are, with its year where that is another', () => {
  expect(dayText('2026-03-01T23:30:00Z', 'Europe/Berlin', '2026-03-09T00:00:00Z')).toBe('2 March');
  expect(dayText('2025-12-31T12:00:00Z', 'UTC', '2026-03-09T00:00:00Z')).toBe('31 December 2025');
});
