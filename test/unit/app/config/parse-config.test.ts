import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../../lib/app/config/parse-config.ts';

const DEFAULTS = {
  accounts: 'own',
  regions: 'enabled',
  channels: { sns: true, slack: false, eventbridge: true, securityhub: false },
  routes: [],
  remindAfterHours: 24,
  digest: { recipients: [], weekday: 'MON', hour: 8, timeZone: 'Etc/UTC' },
  crownJewels: { byKind: true },
  trusted: {},
  zones: {},
  flows: [],
  exposures: [],
  frontDoors: true,
  assertions: [],
  exceptions: [],
};

describe('postern.yml', () => {
  it.each(['', '# only a remark\n', '{}', '---\n'])('that says nothing (%j) has every default', (text) => {
    expect(parseConfig(text, 'postern.yml')).toEqual(DEFAULTS);
  });

  it('says whose networks are read, and who hears of what', () => {
    const text = `
accounts:
  - { id: '111122223333', name: shop }
regions: [eu-west-1, us-gov-west-1]
channels: { slack: true }
routes:
  - { channel: slack, from: high, units: [ou-ab12-34cd5678], owners: [payments] }
remindAfterHours: 4
`;
    expect(parseConfig(text, 'postern.yml')).toEqual({
      ...DEFAULTS,
      accounts: [{ id: '111122223333', name: 'shop' }],
      regions: ['eu-west-1', 'us-gov-west-1'],
      channels: { sns: true, slack: true, eventbridge: true, securityhub: false },
      routes: [{ channel: 'slack', from: 'high', units: ['ou-ab12-34cd5678'], owners: ['payments'] }],
      remindAfterHours: 4,
    });
  });

  it.each<[string, string]>([
    ['regions: [eu-west-1, europe]', 'postern.yml:1:22: regions.1: a Region is like eu-west-1'],
    ['accounts: own\nchanels: {}\n', 'postern.yml:2:1: chanels: there is no such key'],
    ['channels:\n  sns: true\n  sms: true\n', 'postern.yml:3:3: channels.sms: there is no such key'],
    ['remindAfterHours: -1', 'postern.yml:1:1: remindAfterHours: more than 0'],
    ['accounts:\n  - id: 111122223333\n', 'postern.yml:2:5: accounts.0.id: '],
    ['a: [', 'postern.yml:1:5: '],
    ['regions: eu-west-1', 'postern.yml:1:1: regions: "enabled" or a list is wanted'],
    ['a: 1\n---\nb: 1', 'postern.yml:2:1: a second document begins here: one file holds one'],
    [
      'accounts: [111122223333]',
      'postern.yml:1:12: accounts.0: a mapping (key: value) is wanted, and this is a number',
    ],
    [
      'zones: { a: { tags: { tier: 1 } } }',
      'postern.yml:1:23: zones.a.tags.tier: a text or a list is wanted, and this is a number: write it in quotes',
    ],
    ['frontDoors: yes', 'postern.yml:1:1: frontDoors: true or false is wanted, and this is a text'],
    [
      'exceptions: [{ check: admin-port, owner: m, reason: x, until: 2026-02-28 }]',
      'postern.yml:1:16: exceptions.0.check: no check is called that',
    ],
    ['- own', 'postern.yml:1:1: a mapping (key: value) is wanted, and this is a list'],
    ['a: 1\na: 2', 'postern.yml:2:1: this key is there already'],
    ['crownJewels: { also: [{}] }', 'postern.yml:1:23: crownJewels.also.0: say whom: one of tags, group,'],
    [
      'crownJewels: { also: { kind: databse } }',
      'postern.yml:1:24: crownJewels.also.kind: "host", "load-balancer", "database",',
    ],
    [
      'crownJewels:\n  not:\n    - nmae: x\n',
      'postern.yml:3:7: crownJewels.not.0.nmae: there is no such key',
    ],
    ['trusted: { office: 198.51.100.0/33 }', 'postern.yml:1:12: trusted.office: a block is like 10.0.0.0/16'],
    [
      'trusted:\n  office: [192.0.2.1, 128.0.0.0/1]\n',
      'postern.yml:2:23: trusted.office.1: that is a wide part of the internet',
    ],
    ['trusted: { internet: 192.0.2.1 }', 'postern.yml:1:12: trusted.internet: internet has a meaning of its'],
    ['zones: { "card data": { kind: database } }', 'postern.yml:1:10: zones.card data: '],
    [
      'zones:\n  a: { account: "1" }\n',
      'postern.yml:2:8: zones.a.account: an account is twelve digits; write it in quotes',
    ],
    [
      'zones: { a: { vpc: vpc-1 } }\ntrusted: { a: 192.0.2.1 }',
      'postern.yml:1:10: zones.a: a trusted range has this name already',
    ],
    [
      'zones: { a: { vpc: vpc-1 } }\nflows:\n  - { from: [a, b], to: any, forbid: all }',
      'postern.yml:3:17: flows.0.from.1: no zone or trusted range is called "b"',
    ],
    [
      'flows:\n  - { from: any, to: internet, forbid: all, allow: all }',
      'postern.yml:2:5: flows.0: say either what to allow or what to forbid',
    ],
    ['flows:\n  - { from: any, to: internet, forbid: 22 }', 'postern.yml:2:32: flows.0.forbid: '],
    [
      'flows:\n  - { from: any, to: internet, forbid: "22" }',
      'postern.yml:2:32: flows.0.forbid: flows are like tcp/443',
    ],
    [
      'exposures:\n  - { what: { name: a }, ports: tcp/25, from: offcie, reason: mail }',
      'postern.yml:2:41: exposures.0.from: no trusted range is called "offcie", and it is no block of addresses',
    ],
    ['exposures:\n  - { what: { name: a }, ports: tcp/25 }', 'postern.yml:2:5: exposures.0.reason: '],
    [
      'assertions:\n  - { from: internet, to: a, expect: never }',
      'postern.yml:2:30: assertions.0.expect: "allowed" or "denied" is wanted',
    ],
    [
      'exceptions:\n  - { fingerprint: 7c1e-94ab, owner: mara, reason: x, until: 2026-02-30 }',
      'postern.yml:2:55: exceptions.0.until: a day is like 2026-04-01, and is in the calendar',
    ],
    [
      'exceptions:\n  - { owner: mara, reason: x, until: 2026-02-28 }',
      'postern.yml:2:5: exceptions.0: say what is accepted: a fingerprint, or a check, workload or account',
    ],
    [
      'exceptions:\n  - { fingerprint: 7c1e-94ab, check: lateral-path, owner: m, reason: x, until: 2026-02-28 }',
      'postern.yml:2:7: exceptions.0.fingerprint: a fingerprint names one finding',
    ],
    [
      'exceptions:\n  - { fingerprint: 7c1e-94ab, reason: x }',
      'postern.yml:2:5: exceptions.0.owner: it is missing: a text is wanted',
    ],
  ])('%j is refused where it is wrong', (text, expected) => {
    expect(() => parseConfig(text, 'postern.yml')).toThrow(expected);
  });

  it('that unfolds into billions is refused', () => {
    const lines = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const [name, of] of ['b a', 'c b', 'd c', 'e d', 'f e'].map((pair) => pair.split(' ')))
      lines.push(`${name!}: &${name!} [${Array.from({ length: 10 }, () => `*${of!}`).join(', ')}]`);
    expect(() => parseConfig(lines.join('\n'), 'postern.yml')).toThrow(
      'postern.yml: its aliases (*name) unfold into too much',
    );
  });
});
