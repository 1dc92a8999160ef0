import { describe, expect, it } from 'vitest';
import { findNamed, QuestionError, type Named } from '#app';
import { networkOf } from '../../support/network.ts';

const network = networkOf({
  hosts: {
    'eni-1': { at: ['10.0.0.10=203.0.113.10', '2600:1::10'], host: 'i-1', workload: 'bastion' },
    'eni-2': { at: '10.0.1.10', host: 'i-2', workload: 'db' },
    'eni-3': { at: '10.0.1.11', host: 'i-3', workload: 'db' },
    twin: { at: '10.0.1.20', workload: 'twin-a' },
    'eni-5': { at: '10.0.1.21', workload: 'twin' },
    'eni-6': { at: '10.0.1.32-10.0.1.47' },
  },
});

function text(named: Named): string {
  switch (named.kind) {
    case 'internet':
      return 'internet';
    case 'outside':
      return `outside ${named.ips.toString()}`;
    case 'endpoints':
      return named.endpoints.map(({ id }) => id).join(' ');
  }
}

describe('a name', () => {
  it.each([
    ['internet', 'internet'],
    ['eni-1', 'eni-1'],
    ['i-2', 'eni-2'],
    ['bastion', 'eni-1'],
    ['db', 'eni-2 eni-3'],
    ['10.0.0.10', 'eni-1'],
    ['203.0.113.10', 'eni-1'],
    ['2600:1::10', 'eni-1'],
    ['10.0.1.40', 'eni-6'],
    ['10.0.0.99', 'outside 10.0.0.99'],
    ['198.51.100.0/24', 'outside 198.51.100.0/24'],
    // an id goes before a name
    ['twin', 'twin'],
  ])('%s means %s', (name, expected) => {
    expect(text(findNamed(network, name)).replace('/32', '')).toBe(expected);
  });

  it('of nobody lists who has one like it', () => {
    expect(() => findNamed(network, 'ENI-')).toThrow(QuestionError);
    expect(() => findNamed(network, 'ENI-')).toThrow(/did you mean[^]*eni-1[^]*eni-6/);
    expect(() => findNamed(network, 'zzz')).toThrow(/postern list/);
  });

  it('of several lists them', () => {
    const twins = networkOf({
      hosts: {
        a: { at: '10.0.1.10', workload: 'api' },
        b: { at: '10.0.1.11', workload: 'api2' },
        api2: { at: '10.0.1.12', workload: 'x' },
        c: { at: '10.0.1.13', workload: 'y' },
      },
    });
    expect(text(findNamed(twins, 'api'))).toBe('a');
    const both = networkOf({
      hosts: { a: { at: '10.0.1.10', workload: 'one' }, b: { at: '10.0.1.10', workload: 'two' } },
    });
    expect(() => findNamed(both, '10.0.1.10')).toThrow(/several interfaces; take an id[^]*a[^]*b/);
  });
});
