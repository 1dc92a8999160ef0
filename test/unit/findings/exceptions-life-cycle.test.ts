import { describe, expect, it } from 'vitest';
import { advance, isTimed, type Exception, type Finding, type Looks, type Tracked } from '#findings';
import { TransportSet } from '#netset';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.parse('2026-03-01T10:00:00.000Z');
const at = (ms: number): string => new Date(START + ms).toISOString();

function finding(more: Partial<Finding> = {}): Finding {
  return {
    check: 'admin-port-exposed',
    severity: 'critical',
    certainty: 'surely',
    fingerprint: '7c1e-94ab',
    title: 'SSH on bastion is open',
    workload: { id: 'i-1', name: 'bastion' },
    endpoints: [],
    transport: TransportSet.tcp(22),
    culprits: [],
    because: [],
    ...more,
  };
}

const UNSURE = finding({ certainty: 'possibly' });
const WIDER = finding({ transport: TransportSet.tcp(22, 23) });
const ACCEPTED: Exception = {
  fingerprint: '7c1e-94ab',
  owner: 'mara',
  reason: 'it is moved in March',
  until: '2026-03-10',
};

function look(
  tracked: readonly Tracked[],
  before: Finding | undefined,
  after: Finding | undefined,
  exceptions: readonly Exception[],
  more: Partial<Looks> = {},
) {
  return advance({
    tracked,
    before: before === undefined ? [] : [before],
    after: after === undefined ? [] : [after],
    gaps: [],
    newGaps: [],
    isFirst: false,
    now: at(0),
    remindAfterMs: DAY,
    exceptions,
    ...more,
  });
}

/** Records as they come about, an hour and more before. */
const records = {
  none: (): readonly Tracked[] => [],
  open: () => look([], undefined, finding(), [], { now: at(-3 * HOUR) }).tracked,
  accepted: () => look([], undefined, finding(), [ACCEPTED], { now: at(-3 * HOUR) }).tracked,
  'told, then accepted': () =>
    look(records.open(), finding(), finding(), [ACCEPTED], { now: at(-2 * HOUR) }).tracked,
  'accepted and out of sight': () =>
    look(records.accepted(), finding(), undefined, [ACCEPTED], {
      now: at(-2 * HOUR),
      gaps: ['acl'],
      newGaps: ['acl'],
    }).tracked,
  'accepted, closed': () =>
    look(records.accepted(), finding(), undefined, [ACCEPTED], { now: at(-2 * HOUR) }).tracked,
  'accepted, gone beyond': () =>
    look(records.accepted(), finding(), WIDER, [ACCEPTED], { now: at(-2 * HOUR) }).tracked,
};

const LATER = { now: at(10 * DAY) };

describe('what becomes of a finding that somebody answers for', () => {
  it.each<
    [
      keyof typeof records,
      Finding | undefined,
      Finding | undefined,
      readonly Exception[],
      Partial<Looks>,
      string,
      string,
    ]
  >([
    // remembered, before, after, exceptions, what else, what people hear, what is remembered
    ['none', undefined, finding(), [ACCEPTED], {}, 'nothing', 'open accepted'],
    ['none', undefined, finding(), [ACCEPTED], { isFirst: true }, 'nothing', 'open accepted'],
    ['none', undefined, UNSURE, [ACCEPTED], {}, 'nothing', 'open accepted'],
    ['none', undefined, finding(), [ACCEPTED], LATER, 'opened', 'open'],
    ['open', finding(), finding(), [ACCEPTED], {}, 'nothing', 'open accepted'],
    ['accepted', finding(), finding(), [ACCEPTED], {}, 'nothing', 'open accepted'],
    [
      'told, then accepted',
      finding(),
      finding(),
      [ACCEPTED],
      { now: at(3 * DAY) },
      'nothing',
      'open accepted',
    ],
    // its last day is the tenth, all of it
    [
      'accepted',
      finding(),
      finding(),
      [ACCEPTED],
      { now: '2026-03-10T23:59:59.999Z' },
      'nothing',
      'open accepted',
    ],
    [
      'accepted',
      finding(),
      finding(),
      [ACCEPTED],
      { now: '2026-03-11T00:00:00.000Z' },
      'exception-ended',
      'open',
    ],
    ['accepted', finding(), UNSURE, [ACCEPTED], LATER, 'exception-ended', 'open unseen'],
    ['accepted', finding(), finding(), [], {}, 'exception-ended', 'open'],
    [
      'accepted',
      finding(),
      finding(),
      [{ ...ACCEPTED, until: '2026-04-01' }],
      LATER,
      'nothing',
      'open accepted',
    ],
    // closing, and being out of sight
    ['accepted', finding(), undefined, [ACCEPTED], {}, 'nothing', 'closed'],
    ['told, then accepted', finding(), undefined, [ACCEPTED], {}, 'resolved', 'closed'],
    [
      'accepted',
      finding(),
      undefined,
      [ACCEPTED],
      { gaps: ['acl'], newGaps: ['acl'] },
      'nothing',
      'open accepted unseen',
    ],
    ['accepted', finding(), UNSURE, [ACCEPTED], {}, 'nothing', 'open accepted unseen'],
    [
      'accepted and out of sight',
      undefined,
      undefined,
      [ACCEPTED],
      { gaps: ['acl'] },
      'nothing',
      'open accepted unseen',
    ],
    [
      'accepted and out of sight',
      undefined,
      undefined,
      [ACCEPTED],
      { ...LATER, gaps: ['acl'] },
      'exception-ended',
      'open unseen',
    ],
    ['accepted and out of sight', undefined, finding(), [ACCEPTED], {}, 'nothing', 'open accepted'],
    ['accepted, closed', undefined, finding(), [ACCEPTED], {}, 'nothing', 'open accepted'],
    ['accepted, closed', undefined, finding(), [ACCEPTED], LATER, 'opened', 'open'],
    // more than what was accepted
    ['accepted', finding(), WIDER, [ACCEPTED], {}, 'widened', 'open exceeded'],
    [
      'accepted',
      finding({ severity: 'high' }),
      finding(),
      [{ ...ACCEPTED, accepted: { severity: 'high' } }],
      {},
      'widened',
      'open exceeded',
    ],
    ['accepted', WIDER, WIDER, [ACCEPTED], {}, 'newly-seen', 'open exceeded'],
    [
      'none',
      undefined,
      WIDER,
      [{ ...ACCEPTED, accepted: { transport: TransportSet.tcp(22) } }],
      {},
      'opened',
      'open exceeded',
    ],
    [
      'none',
      undefined,
      finding(),
      [{ ...ACCEPTED, accepted: { severity: 'high' } }],
      {},
      'opened',
      'open exceeded',
    ],
    ['accepted, gone beyond', WIDER, WIDER, [ACCEPTED], {}, 'nothing', 'open exceeded'],
    ['accepted, gone beyond', WIDER, WIDER, [ACCEPTED], { now: at(2 * DAY) }, 'reminder', 'open exceeded'],
    ['accepted, gone beyond', WIDER, finding(), [ACCEPTED], {}, 'nothing', 'open accepted'],
    ['accepted, gone beyond', WIDER, WIDER, [ACCEPTED], LATER, 'reminder', 'open'],
    [
      'accepted, gone beyond',
      WIDER,
      WIDER,
      [{ ...ACCEPTED, reason: 'both ports, by the same plan' }],
      {},
      'nothing',
      'open accepted',
    ],
    // patterns
    [
      'none',
      undefined,
      finding(),
      [{ owner: 'o', reason: 'r', until: '2026-03-10', check: 'admin-*' }],
      {},
      'nothing',
      'open accepted',
    ],
    [
      'none',
      undefined,
      finding(),
      [{ owner: 'o', reason: 'r', until: '2026-03-10', workload: 'bast*' }],
      {},
      'nothing',
      'open accepted',
    ],
    [
      'none',
      undefined,
      finding(),
      [{ owner: 'o', reason: 'r', until: '2026-03-10', workload: 'i-1', check: 'lateral-path' }],
      {},
      'opened',
      'open',
    ],
    [
      'none',
      undefined,
      finding(),
      [{ owner: 'o', reason: 'r', until: '2026-03-10', account: '111122223333' }],
      {},
      'opened',
      'open',
    ],
  ])('%s, %o → %o, %o, %o: %s, then %s', (kind, before, after, exceptions, more, news, state) => {
    const { tracked, transitions } = look(records[kind](), before, after, exceptions, more);
    expect(transitions.map((transition) => transition.kind)).toEqual(news === 'nothing' ? [] : [news]);
    expect(
      tracked.map(({ state: is, accepted, isConfirmed }) =>
        [
          is,
          accepted === undefined ? '' : accepted.isExceeded === true ? ' exceeded' : ' accepted',
          isConfirmed ? '' : ' unseen',
        ].join(''),
      ),
    ).toEqual([state]);
  });

  it('that it ended is said once, and then it is like any other', () => {
    const ended = look(records.accepted(), finding(), finding(), [ACCEPTED], LATER);
    expect(ended.transitions.map(({ note }) => note)).toEqual(['the exception of mara ended on 2026-03-10']);
    const after = look(ended.tracked, finding(), finding(), [ACCEPTED], { now: at(10 * DAY + HOUR) });
    expect(after.transitions).toEqual([]);
    const reminded = look(after.tracked, finding(), finding(), [ACCEPTED], { now: at(12 * DAY) });
    expect(reminded.transitions.map(({ kind }) => kind)).toEqual(['reminder']);
    const closed = look(reminded.tracked, finding(), undefined, [ACCEPTED], { now: at(13 * DAY) });
    expect(closed.transitions.map(({ kind }) => kind)).toEqual(['resolved']);
  });

  it('who takes it back before its end is told of as such', () => {
    const { transitions } = look(records.accepted(), finding(), finding(), []);
    expect(transitions.map(({ note }) => note)).toEqual([
      'the exception of mara, until 2026-03-10, was withdrawn',
    ]);
  });

  it('what goes beyond it says in what', () => {
    const { transitions } = look(records.accepted(), finding(), WIDER, [ACCEPTED]);
    expect(transitions.map(({ note }) => note)).toEqual([
      'beyond what mara accepted until 2026-03-10: tcp 23 was not accepted',
    ]);
  });

  it('does not keep a pass from being idle before its end, and does after', () => {
    const [item] = records.accepted();
    expect(isTimed(item!, at(5 * DAY), HOUR)).toBe(false);
    expect(isTimed(item!, at(10 * DAY), HOUR)).toBe(true);
  });
});
