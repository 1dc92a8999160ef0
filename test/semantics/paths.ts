import type { Rule } from './rule.ts';

export const PATH_RULES: readonly Rule[] = [
  {
    id: '§1.6',
    rule: 'A host that falls is where the next may fall from; all its interfaces are one.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
    tests: [
      ['test/unit/engine/paths.test.ts', 'take the interfaces of a host together'],
      [
        'test/unit/engine/paths.test.ts',
        'do not lead through what cannot open connections of its own choosing',
      ],
      ['test/unit/engine/relayed.test.ts', 'ways through relays'],
    ],
  },
];
