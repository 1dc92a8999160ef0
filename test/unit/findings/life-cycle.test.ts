import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance, type Advance, type Finding, type Looks, type Tracked } from '#findings';
import { TransportSet } from '#netset';

/** A finding about one workload, as far as the life cycle looks at it. */
function finding(
  certainty: Finding['certainty'],
  {
    id = 'bastion',
    severity = 'critical',
    transport = TransportSet.tcp(22),
  }: {
    readonly id?: string;
    readonly severity?: Finding['severity'];
    readonly transport?: TransportSet;
  } = {},
): Finding {
  return {
    check: 'admin-port-exposed',
    severity,
    certainty,
    fingerprint: `fp-${id}`,
    title: `SSH on ${id} is open`,
    workload: { id, name: id },
    endpoints: [],
    transport,
    culprits: [],
    because: [],
  };
}

type State = 'denied' | 'unknown' | 'allowed';
const HOUR = 3_600_000;
const START = Date.parse('2026-03-01T10:00:00.000Z');
const at = (ms: number): string => new Date(START + ms).toISOString();

function seen(state: State, options: Parameters<typeof finding>[1] = {}): Finding[] {
  if (state === 'denied') return [];
  return [finding(state === 'allowed' ? 'surely' : 'possibly', options)];
}

function look(tracked: readonly Tracked[], before: State, after: State, more: Partial<Looks> = {}): Advance {
  return advance({
    tracked,
    before: seen(before),
    after: seen(after),
    gaps: [],
    newGaps: [],
    isFirst: false,
    now: at(0),
    remindAfterMs: 24 * HOUR,
    ...more,
  });
}

/** A record that came about by the looks that lead there. */
function record(
  kind: 'none' | 'open' | 'open, never told' | 'possible' | 'unconfirmed' | 'closed',
): readonly Tracked[] {
  const opened = look([], 'denied', 'allowed', { now: at(-3 * HOUR) }).tracked;
  switch (kind) {
    case 'none':
      return [];
    case 'open':
      return opened;
    case 'open, never told':
      return opened.map(({ told, ...rest }) => (expect(told).toBeDefined(), rest));
    case 'possible':
      return look([], 'denied', 'unknown', { now: at(-3 * HOUR) }).tracked;
    case 'unconfirmed':
      return look(opened, 'allowed', 'unknown', { now: at(-2 * HOUR) }).tracked;
    case 'closed':
      return look(opened, 'allowed', 'denied', { now: at(-2 * HOUR) }).tracked;
  }
}

describe('what becomes of a finding', () => {
  it.each<[Parameters<typeof record>[0], State, State, Partial<Looks>, string, string]>([
    // remembered, before, after, what else, what people hear, what is remembered
    ['none', 'denied', 'denied', {}, 'nothing', 'nothing'],
    ['none', 'denied', 'allowed', {}, 'opened', 'open surely'],
    ['none', 'denied', 'allowed', { isFirst: true }, 'newly-seen', 'open surely'],
    ['none', 'denied', 'unknown', { isFirst: true }, 'newly-seen', 'open possibly'],
    ['none', 'allowed', 'allowed', {}, 'newly-seen', 'open surely'],
    ['none', 'unknown', 'allowed', {}, 'newly-seen', 'open surely'],
    ['none', 'unknown', 'unknown', {}, 'newly-seen', 'open possibly'],
    ['none', 'denied', 'unknown', {}, 'possible', 'open possibly'],
    ['open', 'allowed', 'allowed', {}, 'nothing', 'open surely'],
    ['open', 'denied', 'allowed', {}, 'nothing', 'open surely'],
    ['open', 'allowed', 'denied', {}, 'resolved', 'closed surely'],
    ['open', 'unknown', 'denied', {}, 'resolved', 'closed surely'],
    ['open', 'denied', 'denied', {}, 'resolved', 'closed surely'],
    ['open', 'allowed', 'denied', { gaps: ['acl'], newGaps: ['acl'] }, 'unconfirmed', 'open surely, unseen'],
    ['open', 'denied', 'denied', { gaps: ['acl'] }, 'unconfirmed', 'open surely, unseen'],
    ['open', 'allowed', 'unknown', {}, 'unconfirmed', 'open surely, unseen'],
    ['open, never told', 'allowed', 'denied', {}, 'nothing', 'closed surely'],
    ['unconfirmed', 'unknown', 'unknown', {}, 'nothing', 'open surely, unseen'],
    ['unconfirmed', 'unknown', 'allowed', {}, 'nothing', 'open surely'],
    ['unconfirmed', 'unknown', 'denied', {}, 'resolved', 'closed surely'],
    ['unconfirmed', 'unknown', 'denied', { gaps: ['acl'] }, 'resolved', 'closed surely'],
    [
      'unconfirmed',
      'unknown',
      'denied',
      { gaps: ['acl'], newGaps: ['acl'] },
      'nothing',
      'open surely, unseen',
    ],
    ['unconfirmed', 'denied', 'denied', { gaps: ['acl'] }, 'nothing', 'open surely, unseen'],
    ['possible', 'unknown', 'allowed', {}, 'newly-seen', 'open surely'],
    ['possible', 'denied', 'allowed', {}, 'opened', 'open surely'],
    ['possible', 'unknown', 'unknown', {}, 'nothing', 'open possibly'],
    ['possible', 'unknown', 'denied', {}, 'resolved', 'closed possibly'],
    ['closed', 'denied', 'denied', {}, 'nothing', 'closed surely'],
    ['closed', 'denied', 'allowed', {}, 'reopened', 'open surely'],
    ['closed', 'denied', 'unknown', {}, 'possible', 'open possibly'],
    ['closed', 'allowed', 'allowed', {}, 'newly-seen', 'open surely'],
  ])('%s, %s → %s %o: %s, then %s', (kind, before, after, more, news, state) => {
    const { tracked, transitions } = look(record(kind), before, after, more);
    expect(transitions.map((transition) => transition.kind)).toEqual(news === 'nothing' ? [] : [news]);
    expect(
      tracked.map((item) => `${item.state} ${item.certainty}${item.isConfirmed ? '' : ', unseen'}`),
    ).toEqual(state === 'nothing' ? [] : [state]);
  });

  it('a possibility that is not grave is no alert, unless a read has newly failed', () => {
    const mild = seen('unknown', { severity: 'low' });
    expect(look([], 'denied', 'unknown', { after: mild }).transitions).toEqual([]);
    const blind = look([], 'denied', 'unknown', { after: mild, newGaps: ['acl'] });
    expect(blind.transitions.map(({ kind }) => kind)).toEqual(['possible']);
  });

  it('a possibility that nobody heard of closes quietly', () => {
    const mild = look([], 'denied', 'unknown', { after: seen('unknown', { severity: 'low' }) });
    expect(mild.tracked).toHaveLength(1);
    const closed = look(mild.tracked, 'unknown', 'denied');
    expect(closed.transitions).toEqual([]);
    expect(closed.tracked.map(({ state }) => state)).toEqual(['closed']);
  });

  it('more of the same place is news, less is not', () => {
    const wide = [finding('surely', { transport: TransportSet.tcp(22, 23) })];
    const narrow = [finding('surely')];
    const kinds = (before: Finding[], after: Finding[]) =>
      look(record('open'), 'allowed', 'allowed', { before, after }).transitions.map(({ kind }) => kind);
    expect(kinds(narrow, wide)).toEqual(['widened']);
    expect(kinds(wide, narrow)).toEqual([]);
  });

  it('the same that weighs more by somebody’s change is news, what weighs less is not', () => {
    const [mild, grave] = [[finding('surely', { severity: 'low' })], [finding('surely')]];
    const kinds = (before: Finding[], after: Finding[]) =>
      look(record('open'), 'allowed', 'allowed', { before, after }).transitions.map(({ kind }) => kind);
    expect(kinds(mild, grave)).toEqual(['widened']);
    expect(kinds(grave, mild)).toEqual([]);
    // an upgrade judges both by its own measure
    expect(kinds(grave, grave)).toEqual([]);
  });

  it('more of the same place that came while it was out of sight is newly seen, once', () => {
    const all = seen('unknown', { transport: TransportSet.ALL });
    const more = seen('allowed', { transport: TransportSet.tcp(22, 23) }).map((now) => ({
      ...now,
      title: 'SSH and Telnet on bastion are open',
    }));
    for (const before of [all, []]) {
      const back = look(record('unconfirmed'), 'unknown', 'allowed', { before, after: more });
      expect(back.transitions.map(({ kind }) => kind)).toEqual(['newly-seen']);
      expect(look(back.tracked, 'allowed', 'allowed', { before: more, after: more }).transitions).toEqual([]);
    }
  });

  it('what is critical and open is said again after the time of choice, and then not at once', () => {
    const open = record('open');
    const day = { remindAfterMs: 4 * HOUR };
    expect(look(open, 'allowed', 'allowed', day).transitions).toEqual([]);
    const later = look(open, 'allowed', 'allowed', { ...day, now: at(HOUR) });
    expect(later.transitions.map(({ kind }) => kind)).toEqual(['reminder']);
    const again = look(later.tracked, 'allowed', 'allowed', { ...day, now: at(4 * HOUR) });
    expect(again.transitions).toEqual([]);
  });

  it('what is not critical is said once', () => {
    const mild = seen('allowed', { severity: 'high' });
    const open = look([], 'denied', 'allowed', { after: mild }).tracked;
    const later = look(open, 'allowed', 'allowed', { before: mild, after: mild, now: at(1000 * HOUR) });
    expect(later.transitions).toEqual([]);
  });

  it('a closed finding is forgotten after some months, and is then new', () => {
    const year = { now: at(365 * 24 * HOUR) };
    expect(look(record('closed'), 'denied', 'denied', year).tracked).toEqual([]);
  });
});

describe('flapping', () => {
  /** Opens and closes each few minutes, and says what people heard each time. */
  function flap(
    times: number,
    everyMs: number,
  ): { readonly heard: string[]; readonly tracked: readonly Tracked[] } {
    let tracked: readonly Tracked[] = [];
    const heard: string[] = [];
    for (let i = 0; i < times; i += 1) {
      const [before, after] =
        i % 2 === 0 ? (['denied', 'allowed'] as const) : (['allowed', 'denied'] as const);
      const step = look(tracked, before, after, { now: at(i * everyMs) });
      tracked = step.tracked;
      heard.push(step.transitions.map(({ kind }) => kind).join() || '-');
    }
    return { heard, tracked };
  }

  it('three times back within an hour: one notice, then silence', () => {
    expect(flap(12, 5 * 60_000).heard).toEqual([
      'opened',
      'resolved',
      'reopened',
      'resolved',
      'reopened',
      'resolved',
      'flapping',
      '-',
      '-',
      '-',
      '-',
      '-',
    ]);
  });

  it('three times back in half a day is not flapping', () => {
    expect(flap(8, HOUR).heard).not.toContain('flapping');
  });

  it.each([
    [12, 'denied', 'closed'],
    [13, 'allowed', 'open'],
  ] as const)('after %i changes it has been %s for an hour: that is said, once', (times, state, told) => {
    const { tracked } = flap(times, 5 * 60_000);
    const last = (times - 1) * 5 * 60_000;
    const soon = look(tracked, state, state, { now: at(last + HOUR - 1) });
    expect(soon.transitions).toEqual([]);
    const stable = look(soon.tracked, state, state, { now: at(last + HOUR) });
    expect(stable.transitions.map(({ kind, tracked: { told: heard } }) => [kind, heard?.state])).toEqual([
      ['settled', told],
    ]);
    expect(look(stable.tracked, state, state, { now: at(last + HOUR + 1) }).transitions).toEqual([]);
  });

  it('once settled, it takes three times again', () => {
    const { tracked } = flap(13, 60_000);
    const stable = look(tracked, 'allowed', 'allowed', { now: at(3 * HOUR) });
    const closed = look(stable.tracked, 'allowed', 'denied', { now: at(4 * HOUR) });
    const back = look(closed.tracked, 'denied', 'allowed', { now: at(5 * HOUR) });
    expect(closed.transitions.map(({ kind }) => kind)).toEqual(['resolved']);
    expect(back.transitions.map(({ kind }) => kind)).toEqual(['reopened']);
  });
});

describe('laws of the life cycle', () => {
  const states = fc.constantFrom<State>('denied', 'unknown', 'allowed');
  const histories = fc.array(
    fc.record({ state: states, gap: fc.boolean(), minutes: fc.integer({ min: 1, max: 90 }) }),
    { minLength: 1, maxLength: 30 },
  );

  function live(history: readonly { state: State; gap: boolean; minutes: number }[]) {
    let tracked: readonly Tracked[] = [];
    let previous: State = 'denied';
    let hadGap = false;
    let now = 0;
    const steps = [];
    for (const [i, { state, gap, minutes }] of history.entries()) {
      now += minutes * 60_000;
      const step = look(tracked, previous, state, {
        gaps: gap ? ['acl'] : [],
        newGaps: gap && !hadGap ? ['acl'] : [],
        isFirst: i === 0,
        now: at(now),
      });
      steps.push({ state, gap, step });
      tracked = step.tracked;
      previous = state;
      hadGap = gap;
    }
    return steps;
  }

  it('what is surely there is remembered as open, and people heard of it', () => {
    fc.assert(
      fc.property(histories, (history) => {
        for (const { state, step } of live(history)) {
          if (state !== 'allowed') continue;
          expect(step.tracked).toMatchObject([{ state: 'open', certainty: 'surely', isConfirmed: true }]);
          expect(['open', 'flapping']).toContain(step.tracked[0]?.told?.state);
        }
      }),
    );
  });

  it('nothing that was surely open is closed while a read fails that worked before', () => {
    fc.assert(
      fc.property(histories, (history) => {
        let sawItWhole = false;
        let wasInSight = false;
        for (const { state, gap, step } of live(history)) {
          // a look with the same gap that still had it in sight shows that the gap does not hide it
          if (gap && state !== 'allowed' && sawItWhole && !wasInSight)
            expect(step.tracked[0]?.state).toBe('open');
          wasInSight = gap && state !== 'denied';
          if (state === 'allowed') sawItWhole = !gap;
          else if (step.tracked[0]?.state === 'closed') sawItWhole = false;
        }
      }),
    );
  });

  it('the same look twice says nothing the second time', () => {
    fc.assert(
      fc.property(histories, states, (history, state) => {
        const { step } = live(history).at(-1) ?? { step: look([], 'denied', 'denied') };
        const last = history.at(-1)?.state ?? 'denied';
        const once = look(step.tracked, last, state, { now: at(1000 * HOUR) });
        const twice = look(once.tracked, state, state, { now: at(1000 * HOUR + 1) });
        expect(twice.transitions).toEqual([]);
      }),
    );
  });

  it('is the same through JSON', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const { step } = live(history).at(-1) ?? { step: look([], 'denied', 'denied') };
        expect(JSON.parse(JSON.stringify(step.tracked))).toEqual(step.tracked);
      }),
    );
  });
});
