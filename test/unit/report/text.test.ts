import { describe, expect, it } from 'vitest';
import { HOSTILE_NAMES } from '../../bench/world/hostile-names.ts';
import { analyse, connectivity, exposures } from '#engine';
import { audit } from '#findings';
import {
  blindSpotLines,
  connectionLines,
  count,
  exposureLines,
  findingLines,
  foldFindings,
  nameList,
  NO_STYLE,
  plain,
  plainLines,
  summaryLine,
  table,
  type ReportFix,
  type TextFinding,
} from '#report';
import { networkOf, type NetworkSpec } from '../../support/network.ts';

const ACTS = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/u;

describe('plain text', () => {
  it.each([
    ['\u001b[2J', '\\u001b[2J'],
    ['a\nb\tc', 'a\\u000ab\\u0009c'],
    ['\u009b31m', '\\u009b31m'],
    ['right\u202eoverride', 'right\\u202eoverride'],
    ['schöne Grüße, 你好', 'schöne Grüße, 你好'],
    ['x'.repeat(201), `${'x'.repeat(200)}…`],
    ['', ''],
  ])('%j is shown as %j', (text, expected) => {
    expect(plain(text)).toBe(expected);
  });

  it('never acts, whatever the name', () => {
    for (const name of HOSTILE_NAMES) expect(ACTS.exec(plain(name))).toBeNull();
  });

  it('of several lines keeps their ends, and JSON as it was', () => {
    expect(plainLines('a\n\u001bb')).toBe('a\n\\u001bb');
    const document = { name: HOSTILE_NAMES };
    const text = plainLines(JSON.stringify(document, undefined, 2));
    expect(JSON.parse(text)).toEqual(document);
    expect(ACTS.exec(text.replaceAll('\n', ''))).toBeNull();
  });
});

describe('lists of names', () => {
  it.each<[readonly string[], string]>([
    [['api-1', 'api-2', 'api-3'], 'api-1..3'],
    [['api-3', 'api-1', 'api-2', 'api-1'], 'api-1..3'],
    [['api-1', 'api-3'], 'api-1, api-3'],
    [['db', 'api-1', 'api-2'], 'db, api-1..2'],
    [['web-9', 'web-10', 'web-11'], 'web-9..11'],
    // other names than api-1
    [['api-01', 'api-02'], 'api-01, api-02'],
    [['api-', 'api-1'], 'api-, api-1'],
    [['a', 'b', 'c', 'd', 'e', 'f', 'g'], 'a, b, c, d, e and 2 more'],
    [[], ''],
  ])('%j is told as %s', (names, expected) => {
    expect(nameList(names)).toBe(expected);
  });

  it('count things', () => {
    expect([count(0, 'host'), count(1, 'host'), count(1_234, 'host'), count(2, 'entry', 'entries')]).toEqual([
      '0 hosts',
      '1 host',
      '1,234 hosts',
      '2 entries',
    ]);
  });

  it('tables have columns as wide as they need', () => {
    expect(
      table([
        ['a', 'bbb', 'c'],
        ['aaa', 'b', ''],
      ]),
    ).toEqual(['  a    bbb  c', '  aaa  b']);
  });
});

const OUT = 'out all to any';
const world = (rules: readonly string[], more: Partial<NetworkSpec> = {}) =>
  networkOf({
    groups: { a: [...rules, OUT] },
    ...more,
    hosts: { a: { at: '10.0.0.10=203.0.113.10', groups: ['a'] }, ...more.hosts },
  });
const shown = (network: Parameters<typeof analyse>[0]): string[] =>
  exposureLines(exposures(analyse(network)), network, NO_STYLE);

describe('what the internet reaches', () => {
  it.each<[readonly string[], readonly string[]]>([
    [[], ['  nothing: no address of this network answers the internet']],
    [['in tcp/22 from any'], ['  a  tcp 22  from the whole internet (IPv4)']],
    [['in tcp/22 from 198.51.100.0/24'], ['  a  tcp 22  from 198.51.100.0/24']],
    [['in tcp/22 from unread'], ['  a  tcp 22  from the whole internet (IPv4)  ? unknown']],
    // what is known of an office says nothing of the rest
    [
      ['in tcp/22 from 198.51.100.0/24', 'in tcp/22 from unread'],
      ['  a  tcp 22  from the whole internet (IPv4)  ? unknown', '  a  tcp 22  from 198.51.100.0/24'],
    ],
    [
      ['in tcp/22 from any', 'in tcp/80 from unread'],
      [
        '  a  tcp 22  from the whole internet (IPv4)',
        '  a  tcp 80  from the whole internet (IPv4)  ? unknown',
      ],
    ],
  ])('%j', (rules, expected) => {
    expect(shown(world(rules))).toEqual(expected);
  });

  it('counts the interfaces of a workload that show the same', () => {
    const hosts = { b: { at: '10.0.0.11=203.0.113.11', groups: ['a'], workload: 'a' } };
    expect(shown(world(['in tcp/22 from any'], { hosts }))).toEqual([
      '  a (2 interfaces)  tcp 22  from the whole internet (IPv4)',
    ]);
  });
});

describe('who can talk to whom', () => {
  const lines = (network: ReturnType<typeof networkOf>) =>
    connectionLines(network, [...connectivity(analyse(network))], NO_STYLE);

  it('puts sources with one answer on one line', () => {
    const hosts = {
      'b-1': { at: '10.0.1.1', groups: ['b'] },
      'b-2': { at: '10.0.1.2', groups: ['b'] },
      c: { at: '10.0.1.3', groups: ['c'] },
    };
    const groups = {
      a: [OUT],
      b: [OUT],
      c: ['in tcp/5432 from group b', 'in tcp/22 from group a', 'in tcp/80 from unread'],
    };
    expect(lines(world([], { hosts, groups })).sort()).toEqual([
      '  c  tcp 22             from a',
      '  c  tcp 5432           from b-1..2',
      '  c  tcp 80  ? unknown  from a, b-1..2',
    ]);
    expect(lines(world([]))).toEqual(['nothing can talk to anything here']);
  });

  it('does not take two long lists of sources for one', () => {
    const many = Array.from({ length: 12 }, (_, i) => String.fromCharCode(98 + i));
    const hosts = Object.fromEntries([
      ...many.map((name, i) => [name, { at: `10.0.1.${String(10 + i)}`, groups: [name] }]),
      ['x', { at: '10.0.1.100', groups: ['x'] }],
      ['y', { at: '10.0.1.101', groups: ['y'] }],
    ]) as NetworkSpec['hosts'];
    const admit = (names: readonly string[]) => names.map((name) => `in tcp/22 from group ${name}`);
    const groups = {
      a: [],
      ...Object.fromEntries(many.map((name) => [name, [OUT]])),
      x: admit(many.slice(0, 11)),
      y: admit([...many.slice(0, 10), many[11]!]),
    };
    expect(lines(world([], { hosts, groups }))).toHaveLength(2);
  });
});

const FIX: ReportFix = {
  kind: 'aws-cli',
  change: 'remove',
  what: 'take tcp 22 from 0.0.0.0/0 out of sg-0123456789abcdef0 (a)',
  owners: [],
  commands: [
    'aws ec2 revoke-security-group-ingress --region eu-west-1 --group-id sg-0123456789abcdef0 --security-group-rule-ids sgr-0123456789abcdef0',
  ],
  isProven: true,
  alsoCloses: { count: 0, isWhole: true, needed: 0, flows: [] },
  reveals: [],
};

const WEB_TO_A = { from: 'w', fromName: 'web', to: 'a', toName: 'a', flows: 'tcp 22', pairs: 2 };

describe('a finding in words', () => {
  it('tells effect, rule, fix and fingerprint, in this order', () => {
    const [finding] = audit(analyse(world(['in tcp/22 from any'])));
    expect(findingLines({ finding: finding!, fixes: [FIX] }, NO_STYLE)).toEqual([
      'CRITICAL  SSH on a is open to the whole internet',
      `  rule    a#0 in a: tcp 22 from ${finding!.culprits[0]!.rule.selector.kind === 'ips' ? '0.0.0.0/0, ::/0' : ''}, no description`,
      '  fix     take tcp 22 from 0.0.0.0/0 out of sg-0123456789abcdef0 (a)',
      '          aws ec2 revoke-security-group-ingress --region eu-west-1 \\',
      '            --group-id sg-0123456789abcdef0 --security-group-rule-ids sgr-0123456789abcdef0',
      '          proven on the model: the finding goes, nothing opens; nothing else is shut',
      '  CIS 7.0 6.3 · PCI 1.3.1, 1.4.2 · NIST SC-7(5) · ATT&CK T1133',
      `  admin-port-exposed  fingerprint ${finding!.fingerprint}`,
    ]);
  });

  it('names who keeps the group before any command, then what else is shut, and the other ways in a line each', () => {
    const [finding] = audit(analyse(world(['in tcp/22 from any'])));
    const kept = { ...FIX, owners: ['sg-1 belongs to the CloudFormation stack shop: change it there'] };
    const other: ReportFix = {
      ...FIX,
      what: 'narrow it',
      alsoCloses: {
        count: 5,
        isWhole: true,
        needed: 1,
        flows: [{ ...WEB_TO_A, needed: 'load-balancer' }],
      },
      breaks: ['web to a tcp 22 allowed'],
      reveals: ['and that is worse'],
    };
    const text = findingLines(
      { finding: finding!, fixes: [{ ...kept, reveals: ['a path'] }, other] },
      NO_STYLE,
    ).join('\n');
    expect(text.indexOf('  owner   sg-1 belongs')).toBeGreaterThan(0);
    expect(text.indexOf('  owner   sg-1 belongs')).toBeLessThan(text.indexOf('aws ec2 revoke'));
    expect(text).toContain('then seen: a path');
    expect(text.replaceAll(/\s+/g, ' ')).toContain(
      "or narrow it; also shuts what is needed: web → tcp 22 → a (a load balancer's way to its target) and 4 more; breaks the assertion web to a tcp 22 allowed",
    );
    expect(text).not.toContain('and that is worse');
  });

  it('marks what is only possible, and keeps quiet about a fix that there is not', () => {
    const [finding] = audit(analyse(world(['in tcp/22 from unread'])));
    const lines = findingLines({ finding: finding!, fixes: [] }, NO_STYLE);
    expect(lines[0]).toBe('CRITICAL  SSH on a may be open to the whole internet  ? unknown');
    expect(lines.join('\n')).not.toMatch(/fix|proven/);
  });

  it('of one rule and thing are told together, the worst in full; what another rule lets in stands alone', () => {
    const rules = ['in tcp/22-23 from any', 'in tcp/6379 from any', 'in tcp/5000 from any'];
    const findings = audit(analyse(world(['in tcp/1-9999 from any', ...rules])));
    const told = findings.map((finding): TextFinding => ({ finding, fixes: [FIX] }));
    const apart = foldFindings(told).map((group) => group.map(({ finding }) => finding.check));
    // each port is let in by another rule beside the first
    expect(apart.every((group) => group.length === 1)).toBe(true);
    const whole = audit(analyse(world(['in tcp/1-9999 from any'])));
    const [first, ...others] = whole.map((finding): TextFinding => ({ finding, fixes: [FIX] }));
    expect(foldFindings([first!, ...others])).toEqual([[first, ...others]]);
    const text = findingLines(first!, NO_STYLE, others).join('\n');
    expect(text.split('\n').filter((line) => line.startsWith('  rule '))).toHaveLength(1);
    expect(text.match(/aws ec2 revoke/g)).toHaveLength(1);
    for (const { finding } of others) expect(text).toContain(`fingerprint ${finding.fingerprint}`);
  });

  it('says why there is no fix, and why one is not proven', () => {
    const [finding] = audit(analyse(world(['in tcp/22 from any'])));
    const none = findingLines({ finding: finding!, fixes: [], unsolved: 'it cannot' }, NO_STYLE);
    expect(none.join('\n')).toContain('  fix     none: it cannot');
    const begun = { finding: finding!, fixes: [{ ...FIX, isProven: false }], unsolved: 'it cannot' };
    expect(findingLines(begun, NO_STYLE).join('\n')).toContain('to begin with: it cannot; look before');
  });

  it('does not call proven what nobody tried', () => {
    const [finding] = audit(analyse(world(['in tcp/22 from any'])));
    const text = findingLines({ finding: finding!, fixes: [{ ...FIX, isProven: false }] }, NO_STYLE).join(
      '\n',
    );
    expect(text).toContain('not tried on the model');
    expect(text).not.toContain('proven on the model');
  });

  it('leaves a long command whole', () => {
    const command = `aws ec2 revoke-security-group-ingress --security-group-rule-ids ${Array.from({ length: 40 }, (_, i) => `sgr-${String(i).padStart(17, '0')}`).join(' ')}`;
    const [finding] = audit(analyse(world(['in tcp/22 from any'])));
    const text = findingLines({ finding: finding!, fixes: [{ ...FIX, commands: [command] }] }, NO_STYLE).join(
      '\n',
    );
    expect(text.replaceAll(/ \\\n\s+/g, ' ')).toContain(command);
  });
});

describe('what was not seen', () => {
  it('is named, with what to do', () => {
    const network = networkOf({ hosts: {} });
    const lines = blindSpotLines([...network.blindSpots.values()], NO_STYLE).join('\n');
    for (const { what } of network.blindSpots.values()) expect(lines).toContain(what);
    expect(blindSpotLines([], NO_STYLE)).toEqual(['blind spots   none']);
  });

  it('is counted in the first line', () => {
    expect(summaryLine(world([]))).toBe(
      'read 1 interface, 1 group, 1 network in 111122223333 eu-west-1; 3 blind spots',
    );
  });
});
