import { expect, it } from 'vitest';
import { RuleTransports } from '../../../../../lib/sources/aws/translate/transport.ts';

const nothing = undefined;

it.each([
  { protocol: '-1', from: nothing, to: nothing, means: 'all traffic' },
  { protocol: '-1', from: 22, to: 22, means: 'all traffic' },
  { protocol: 'tcp', from: 22, to: 22, means: 'tcp 22' },
  { protocol: '6', from: 22, to: 25, means: 'tcp 22-25' },
  { protocol: 'tcp', from: 0, to: 65_535, means: 'tcp' },
  { protocol: 'tcp', from: 0, to: 0, means: 'tcp 0' },
  { protocol: 'tcp', from: nothing, to: nothing, means: 'tcp' },
  { protocol: 'tcp', from: -1, to: -1, means: 'tcp' },
  { protocol: 'tcp', from: -1, to: 50, means: 'tcp 0-50' },
  { protocol: 'tcp', from: 65_000, to: -1, means: 'tcp 65000-65535' },
  { protocol: '17', from: 53, to: 53, means: 'udp 53' },
  { protocol: 'icmp', from: 8, to: 0, means: 'icmp 8/0' },
  { protocol: '1', from: 8, to: -1, means: 'icmp 8' },
  { protocol: 'icmp', from: -1, to: -1, means: 'icmp' },
  { protocol: '58', from: 128, to: 0, means: 'icmpv6 128/0' },
  { protocol: 'icmpv6', from: nothing, to: nothing, means: 'icmpv6' },
  { protocol: '47', from: 22, to: 22, means: 'protocol 47' },
  { protocol: '50', from: -1, to: -1, means: 'protocol 50' },
  { protocol: '200', from: nothing, to: nothing, means: 'protocol 200' },
])('SG13-15: $protocol $from to $to is $means', ({ protocol, from, to, means }) => {
  const { transport, fault } = new RuleTransports().of(protocol, from, to);
  expect(transport.toString()).toBe(means);
  expect(fault).toBeUndefined();
});

it.each([
  { protocol: 'tcp', from: 443, to: 80, atMost: 'tcp', says: '443 to 80' },
  { protocol: 'udp', from: 0, to: 65_536, atMost: 'udp', says: '65536' },
  { protocol: 'tcp', from: '22', to: 22, atMost: 'tcp', says: '"22"' },
  { protocol: 'tcp', from: 1.5, to: 2, atMost: 'tcp', says: '1.5' },
  { protocol: 'icmp', from: -1, to: 0, atMost: 'icmp', says: 'ICMP' },
  { protocol: 'icmp', from: 256, to: 0, atMost: 'icmp', says: '256' },
  { protocol: 'icmpv6', from: 1, to: {}, atMost: 'icmpv6', says: 'an object' },
  { protocol: '256', from: 1, to: 2, atMost: 'all traffic', says: '"256"' },
  { protocol: 'bogus', from: nothing, to: nothing, atMost: 'all traffic', says: '"bogus"' },
  { protocol: 6, from: 1, to: 2, atMost: 'all traffic', says: '6' },
  { protocol: nothing, from: 1, to: 2, atMost: 'all traffic', says: 'nothing' },
])('$protocol $from to $to is at most $atMost', ({ protocol, from, to, atMost, says }) => {
  const { transport, fault } = new RuleTransports().of(protocol, from, to);
  expect(transport.toString()).toBe(atMost);
  expect(fault).toContain(says);
});

it('gives one object for one meaning, however it is written', () => {
  const transports = new RuleTransports();
  expect(transports.of('tcp', 22, 22)).toBe(transports.of('6', 22, 22));
  expect(transports.of('-1', undefined, undefined)).toBe(transports.of('-1', -1, -1));
  expect(transports.of('47', 1, 2)).toBe(transports.of('47', undefined, undefined));
  expect(transports.of('tcp', 22, 22)).not.toBe(transports.of('udp', 22, 22));
});
