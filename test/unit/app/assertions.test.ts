import { describe, expect, it } from 'vitest';
import { analyse } from '#engine';
import { intentFor } from '#findings';
import { intentOf } from '../../../lib/app/config/intent-of.ts';
import { parseConfig } from '../../../lib/app/config/parse-config.ts';
import { checkAssertions } from '../../../lib/app/facts/check-facts.ts';
import { networkOf } from '../../support/network.ts';

const OUT = 'out all to any';
const ZONES = `
zones:
  edge: { name: web-* }
  app: { name: app-* }
  data: { kind: database }
  site: { cidr: 192.168.0.0/16 }
  nobody: { tags: { tier: misspelt } }
trusted: { office: 198.51.100.0/25 }
`;

const NETWORK = networkOf({
  hosts: {
    'web-1': { at: '10.0.0.10=203.0.113.10', groups: ['web'] },
    'web-2': { at: '10.0.0.11=203.0.113.11', groups: ['web'] },
    'app-1': { at: '10.0.1.20', groups: ['app'] },
    'app-2': { at: '10.0.1.21', groups: ['app', 'old'] },
    db: { at: '10.0.1.30', groups: ['db'], role: 'database' },
    unclear: { at: '10.0.1.40', groups: ['unclear'] },
  },
  groups: {
    web: ['in tcp/443 from any', 'in tcp/22 from 198.51.100.0/24', OUT],
    app: ['in tcp/8080 from group web', OUT],
    old: ['in tcp/22 from group web', OUT],
    db: ['in tcp/5432 from group app', 'in tcp/5433 from unread', 'out tcp/53 to any'],
    unclear: ['in tcp/80 from unread', OUT],
  },
});

function judge(from: string, to: string, flows: string, expect_: 'allowed' | 'denied', zones = ZONES) {
  const config = parseConfig(
    `${zones}\nassertions: [{ from: "${from}", to: "${to}", flows: "${flows}", expect: ${expect_} }]`,
    'postern.yml',
  );
  const analysis = analyse(NETWORK);
  const [result] = checkAssertions(config.assertions, analysis, intentFor(intentOf(config), NETWORK));
  return result!;
}

const outcome = (...asked: Parameters<typeof judge>): string => {
  const { holds, cannotTell } = judge(...asked);
  return holds ? 'holds' : cannotTell ? 'cannot tell' : 'fails';
};

describe('an assertion about zones', () => {
  it.each<[string, string, string, 'allowed' | 'denied', string]>([
    ['internet', 'edge', 'tcp/443', 'allowed', 'holds'],
    // nothing of either is here: no answer would be about this network
    ['office', 'site', 'tcp/443', 'allowed', 'cannot tell'],
    ['office', 'site', 'tcp/443', 'denied', 'cannot tell'],
    ['internet', '192.0.2.7', 'all', 'denied', 'cannot tell'],
    ['internet', 'edge', 'tcp/443', 'denied', 'fails'],
    ['internet', 'edge', 'tcp/22', 'denied', 'holds'],
    ['internet', 'app', 'all', 'denied', 'holds'],
    ['internet', 'data', 'all', 'denied', 'holds'],
    ['office', 'edge', 'tcp/22', 'allowed', 'holds'],
    ['office', 'edge', 'tcp/22', 'denied', 'fails'],
    ['office', 'app', 'all', 'denied', 'holds'],
    ['198.51.100.128/25', 'edge', 'tcp/22', 'allowed', 'holds'],
    // half of the block gets in
    ['198.51.101.0/24', 'edge', 'tcp/22', 'allowed', 'fails'],
    ['198.51.100.0/23', 'edge', 'tcp/22', 'allowed', 'fails'],
    ['198.51.100.0/23', 'edge', 'tcp/22', 'denied', 'fails'],
    // every pair has it, or none
    ['edge', 'app', 'tcp/8080', 'allowed', 'holds'],
    ['edge', 'app', 'tcp/22', 'allowed', 'fails'],
    ['edge', 'app', 'tcp/22', 'denied', 'fails'],
    ['app', 'edge', 'tcp/443', 'allowed', 'holds'],
    ['edge', 'data', 'tcp/5432', 'denied', 'holds'],
    ['app', 'data', 'tcp/5432', 'allowed', 'holds'],
    ['app', 'data', 'tcp/5432-5433', 'denied', 'fails'],
    // a rule that could not be read may let anybody in
    ['edge', 'data', 'tcp/5433', 'denied', 'cannot tell'],
    ['app', 'data', 'tcp/5433', 'denied', 'cannot tell'],
    ['app', 'data', 'tcp/5433', 'allowed', 'cannot tell'],
    ['app', 'data', 'tcp/5434', 'allowed', 'fails'],
    ['edge', 'internet', 'tcp/443', 'allowed', 'holds'],
    ['data', 'internet', 'all', 'denied', 'holds'],
    ['site', 'data', 'all', 'denied', 'holds'],
    ['app', 'app', 'tcp/8080', 'denied', 'holds'],
    ['unzoned', 'data', 'tcp/5432', 'denied', 'holds'],
    // of nobody, nothing can be told
    ['internet', 'nobody', 'all', 'denied', 'cannot tell'],
    ['internet', 'dta', 'all', 'denied', 'cannot tell'],
    // a single one, beside a zone
    ['web-1', 'data', 'all', 'denied', 'cannot tell'],
    ['app-1', 'data', 'tcp/5432', 'allowed', 'holds'],
  ])('%s → %s %s %s: %s', (from, to, flows, expected, is) => {
    expect(outcome(from, to, flows, expected)).toBe(is);
  });

  it('that fails names a pair, and one that cannot be told what is not seen', () => {
    expect(judge('edge', 'app', 'tcp/22', 'denied')).toMatchObject({
      example: 'web-1 → app-2 tcp 22',
      why: [],
    });
    const unknown = judge('app', 'data', 'tcp/5433', 'denied');
    expect([unknown.example, unknown.why.length]).toEqual(['app-1 → db tcp 5433', 1]);
    expect(judge('internet', 'nobody', 'all', 'denied').why).toEqual([
      'nothing here is in the zone "nobody": a tag or name of it may be misspelt',
    ]);
  });
});

describe('an assertion without zones', () => {
  it.each<[string, string, string, 'allowed' | 'denied', string]>([
    ['internet', 'web-1', 'tcp/443', 'allowed', 'holds'],
    ['internet', 'web-1', 'tcp/22', 'denied', 'holds'],
    ['internet', 'unclear', 'tcp/80', 'denied', 'holds'],
    ['app-1', 'db', 'tcp/5432', 'allowed', 'holds'],
    ['app-1', 'db', 'tcp/5433', 'denied', 'cannot tell'],
    ['app-1', 'db', 'tcp/5432-5433', 'denied', 'fails'],
    ['app-1', 'db', 'tcp/5432-5434', 'allowed', 'fails'],
    ['app-1', 'unclear', 'tcp/80', 'allowed', 'cannot tell'],
  ])('%s → %s %s %s: %s', (from, to, flows, expected, is) => {
    expect(outcome(from, to, flows, expected, '')).toBe(is);
  });
});
