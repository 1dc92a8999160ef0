import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../../lib/app/config/parse-config.ts';

const DEFAULTS = {
  accounts: 'own',
  regions: 'enabled',
  channels: { sns: true, slack: false, eventbridge: true },
  routes: [],
  remindAfterHours: 24,
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
      accounts: [{ id: '111122223333', name: 'shop' }],
      regions: ['eu-west-1', 'us-gov-west-1'],
      channels: { sns: true, slack: true, eventbridge: true },
      routes: [{ channel: 'slack', from: 'high', units: ['ou-ab12-34cd5678'], owners: ['payments'] }],
      remindAfterHours: 4,
    });
  });

  it.each<[string, string]>([
    ['regions: [eu-west-1, europe]', 'postern.yml:1:22: regions.1: a Region is like eu-west-1'],
    ['accounts: own\nchanels: {}\n', 'postern.yml:2:1: chanels: there is no such key'],
    ['channels:\n  sns: true\n  sms: true\n', 'postern.yml:3:3: channels.sms: there is no such key'],
    ['remindAfterHours: -1', 'postern.yml:1:1: remindAfterHours: Too small: expected number to be >0'],
    ['accounts:\n  - id: 111122223333\n', 'postern.yml:2:5: accounts.0.id: '],
    ['a: [', 'postern.yml:1:5: '],
    ['- own', 'postern.yml:1:1: Invalid input: expected object, received array'],
    ['a: 1\na: 2', 'postern.yml:2:1: Map keys must be unique'],
  ])('%j is refused where it is wrong', (text, expected) => {
    expect(() => parseConfig(text, 'postern.yml')).toThrow(expected);
  });

  it('that unfolds into billions is refused', () => {
    const lines = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const [name, of] of ['b a', 'c b', 'd c', 'e d', 'f e'].map((pair) => pair.split(' ')))
      lines.push(`${name!}: &${name!} [${Array.from({ length: 10 }, () => `*${of!}`).join(', ')}]`);
    expect(() => parseConfig(lines.join('\n'), 'postern.yml')).toThrow('postern.yml: Excessive alias count');
  });
});
