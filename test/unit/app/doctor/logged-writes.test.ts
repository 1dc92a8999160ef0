import { describe, expect, it } from 'vitest';
import { loggedWrites, type SelectorField } from '../../../../lib/app/doctor/logged-writes.ts';

const field = (name: string, changes: Partial<SelectorField> = {}): SelectorField => ({
  field: name,
  hasMore: false,
  ...changes,
});
const MANAGEMENT = field('eventCategory', { equals: ['Management'] });
const DATA = field('eventCategory', { equals: ['Data'] });

describe('what a trail logs of what writes', () => {
  it.each([
    ['no selector', [], 'all'],
    ['all', [{ management: true, readWrite: 'All' }], 'all'],
    ['writes', [{ management: true, readWrite: 'WriteOnly' }], 'all'],
    ['reads', [{ management: true, readWrite: 'ReadOnly' }], 'none'],
    ['data alone', [{ management: false, readWrite: 'All' }], 'none'],
    [
      'reads, and data',
      [
        { management: true, readWrite: 'ReadOnly' },
        { management: false, readWrite: 'All' },
      ],
      'none',
    ],
    [
      'reads, and writes',
      [
        { management: true, readWrite: 'ReadOnly' },
        { management: true, readWrite: 'WriteOnly' },
      ],
      'all',
    ],
  ] as const)('basic: %s', (_, basic, kind) => {
    expect(loggedWrites({ basic, advanced: [] })).toEqual({ kind });
  });

  it.each<[string, readonly (readonly SelectorField[])[], object]>([
    ['management', [[MANAGEMENT]], { kind: 'all' }],
    ['data', [[DATA]], { kind: 'none' }],
    ['a selector without a category', [[field('readOnly', { equals: ['false'] })]], { kind: 'none' }],
    ['writes', [[MANAGEMENT, field('readOnly', { equals: ['false'] })]], { kind: 'all' }],
    ['not reads', [[MANAGEMENT, field('readOnly', { notEquals: ['true'] })]], { kind: 'all' }],
    ['reads', [[MANAGEMENT, field('readOnly', { equals: ['true'] })]], { kind: 'none' }],
    ['not writes', [[MANAGEMENT, field('readOnly', { notEquals: ['false'] })]], { kind: 'none' }],
    [
      'all but key use',
      [[MANAGEMENT, field('eventSource', { notEquals: ['kms.amazonaws.com', 'rdsdata.amazonaws.com'] })]],
      { kind: 'all' },
    ],
    [
      'all but EC2',
      [[MANAGEMENT, field('eventSource', { notEquals: ['ec2.amazonaws.com'] })]],
      { kind: 'some', but: 'eventSource' },
    ],
    [
      'IAM alone',
      [[MANAGEMENT, field('eventSource', { equals: ['iam.amazonaws.com'] })]],
      { kind: 'some', but: 'eventSource' },
    ],
    [
      'sources that begin in some way',
      [[MANAGEMENT, field('eventSource', { hasMore: true })]],
      { kind: 'some', but: 'eventSource' },
    ],
    [
      'some names',
      [[MANAGEMENT, field('eventName', { equals: ['RunInstances'] })]],
      { kind: 'some', but: 'eventName' },
    ],
    [
      'some names, and another selector for all',
      [[MANAGEMENT, field('eventName', { equals: ['RunInstances'] })], [MANAGEMENT]],
      { kind: 'all' },
    ],
  ])('advanced: %s', (_, advanced, expected) => {
    expect(loggedWrites({ basic: [], advanced })).toEqual(expected);
  });
});
