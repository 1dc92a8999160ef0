import { describe, expect, it } from 'vitest';
import type { Digest } from '#report';
import { digestSubject, headlineOf } from '../../../../lib/report/digest/headline.ts';
import { sampleDigest, sampleFinding, samplePart } from '../../../support/sample-digest.ts';

const at = (iso: string) => ({ openedAt: iso });
const shut = (openedAt: string, closedAt: string) => sampleFinding({ openedAt, closedAt });
const exception = (until: string, daysLeft: number, titles = ['x']) => ({
  name: '7c1e-94ab',
  owner: 'mara',
  reason: 'why',
  until,
  daysLeft,
  titles,
});
const unseen = { account: '1', accountName: 'shop', region: 'eu-central-1', interfaces: 0 } as const;

describe('the headline', () => {
  it.each<[string, Partial<Digest>, readonly string[]]>([
    ['a quiet week', {}, ['Nothing critical is open.', 'Nothing opened or closed this week.']],
    [
      'two that were shut at once, and an exception',
      {
        opened: [
          shut('2026-02-24T10:00:00Z', '2026-02-24T15:00:00Z'),
          { ...shut('2026-02-25T10:00:00Z', '2026-02-26T09:00:00Z'), fingerprint: 'b' },
        ],
        resolved: [
          shut('2026-02-24T10:00:00Z', '2026-02-24T15:00:00Z'),
          { ...shut('2026-02-25T10:00:00Z', '2026-02-26T09:00:00Z'), fingerprint: 'b' },
        ],
        ending: [exception('2026-03-06', 4)],
      },
      [
        'Nothing critical is open.',
        'Two doors opened this week, both closed within a day; one exception ends on Friday.',
      ],
    ],
    [
      'one that is open, and an older one that is shut',
      {
        open: [sampleFinding()],
        opened: [sampleFinding()],
        resolved: [{ ...shut('2026-02-01T10:00:00Z', '2026-02-26T09:00:00Z'), fingerprint: 'b' }],
      },
      [
        'One critical finding is open, for 34 hours: SSH on bastion is open to the whole internet.',
        'One door opened this week, and is still open, and one older one closed.',
      ],
    ],
    [
      'several, the oldest of which is named',
      { open: [sampleFinding(), sampleFinding({ ...at('2026-01-02T00:00:00Z'), title: 'RDP is open' })] },
      [
        'Two critical findings are open, the oldest for 8 weeks: RDP is open.',
        'Nothing opened or closed this week.',
      ],
    ],
    [
      'what somebody answers for, and what is only worth knowing, is none of it',
      {
        open: [
          sampleFinding({ accepted: { owner: 'mara', until: '2026-04-01' } }),
          sampleFinding({ severity: 'info' }),
          sampleFinding({ severity: 'high' }),
        ],
      },
      ['Nothing critical is open; one high finding is.', 'Nothing opened or closed this week.'],
    ],
    [
      'closed alone',
      { resolved: [shut('2026-02-01T10:00:00Z', '2026-02-26T09:00:00Z')] },
      ['Nothing critical is open.', 'Nothing opened this week, and one closed.'],
    ],
    [
      'an exception that ended while it was needed comes before one that ends',
      { ended: [exception('2026-02-27', -3)], ending: [exception('2026-03-06', 4)] },
      [
        'Nothing critical is open.',
        'Nothing opened or closed this week; one exception ended while what it was about is still open.',
      ],
    ],
    [
      'an exception in the week after next is named by its day',
      { ending: [exception('2026-03-14', 12), exception('2026-03-14', 12)] },
      ['Nothing critical is open.', 'Nothing opened or closed this week; two exceptions end on 14 March.'],
    ],
    [
      'a first look is no opening',
      { isFirst: true, open: [sampleFinding({ severity: 'low' })] },
      [
        'Nothing critical is open.',
        'This is the first look: one finding, which may have been there for long.',
      ],
    ],
    [
      'what is out of sight is said, and what is not seen is not called shut',
      {
        targets: [
          { ...unseen, state: 'unreadable', readAt: '2026-02-24T07:00:00Z' },
          ...sampleDigest().targets,
        ],
      },
      [
        'Nothing critical is open in what can be seen.',
        'Nothing opened or closed this week.',
        'One of two targets is out of sight: shop eu-central-1, last read 6 days ago.',
      ],
    ],
    [
      'a target that was never read',
      { targets: [{ ...unseen, state: 'never' }] },
      [
        'Nothing critical is open in what can be seen.',
        'Nothing opened or closed this week.',
        'The one target is out of sight: shop eu-central-1, never read.',
      ],
    ],
  ])('%s', (_, digest, sentences) => {
    expect(headlineOf(sampleDigest(digest))).toEqual(sentences);
  });
});

describe('the subject', () => {
  it.each<[Partial<Digest>, string]>([
    [
      {
        opened: [sampleFinding(), sampleFinding()],
        resolved: Array.from({ length: 5 }, () => sampleFinding()),
        all: samplePart({ risk: 34.2, riskBefore: 40.4 }),
      },
      'Postern weekly: 2 opened, 5 closed, risk 34 (-6) - shop',
    ],
    [
      { all: samplePart({ risk: 0.5, riskBefore: 0 }) },
      'Postern weekly: 0 opened, 0 closed, risk below 1 (0) - shop',
    ],
    [{ isFirst: true, all: samplePart({ risk: 5 }) }, 'Postern weekly: first look, 0 open, risk 5 - shop'],
    [
      { targets: [{ ...unseen, state: 'old', readAt: '2026-02-24T07:00:00Z' }] },
      'Postern weekly: 0 opened, 0 closed, risk 0 (0), 1 not seen - shop',
    ],
  ])('%#', (digest, subject) => {
    expect(digestSubject(sampleDigest(digest))).toBe(subject);
  });
});
