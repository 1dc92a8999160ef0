import { describe, expect, it } from 'vitest';
import {
  formatPortRange,
  hasProtocolName,
  icmpName,
  icmpv6Name,
  parsePort,
  parsePortRange,
  parseProtocol,
  protocolName,
} from '#netset';

describe('protocols', () => {
  it.each([
    { text: 'tcp', number: 6 },
    { text: 'TCP', number: 6 },
    { text: '6', number: 6 },
    { text: 'udp', number: 17 },
    { text: 'icmp', number: 1 },
    { text: 'icmpv6', number: 58 },
    { text: 'icmp6', number: 58 },
    { text: 'ipv6-icmp', number: 58 },
    { text: 'gre', number: 47 },
    { text: '0', number: 0 },
    { text: '255', number: 255 },
    ...['', '-1', '256', '06', '6 ', '6.0', '1e1', 'all', 'rdp', 'constructor'].map((text) => ({
      text,
      number: undefined,
    })),
  ])('$text is $number', ({ text, number }) => {
    expect(parseProtocol(text)).toBe(number);
  });

  it.each([
    { number: 6, name: 'tcp' },
    { number: 58, name: 'icmpv6' },
    { number: 50, name: 'esp' },
    { number: 89, name: 'ospf' },
    { number: 200, name: 'protocol 200' },
  ])('$number is called $name', ({ number, name }) => {
    expect(protocolName(number)).toBe(name);
  });

  it('every name is read back as its number', () => {
    const named = Array.from({ length: 256 }, (_, number) => number).filter(hasProtocolName);
    expect(named.length).toBeGreaterThan(20);
    expect(named.map((number) => parseProtocol(protocolName(number)))).toEqual(named);
  });
});

describe('names', () => {
  const bytes = Array.from({ length: 256 }, (_, number) => number);
  const none = undefined;

  // how many there are is told apart, since a name that goes missing shows in no other way
  it.each([
    { of: 'protocols', named: 30, names: bytes.map((n) => (hasProtocolName(n) ? protocolName(n) : none)) },
    { of: 'ICMP types', named: 11, names: bytes.map((type) => icmpName(type)) },
    { of: 'ICMPv6 types', named: 15, names: bytes.map((type) => icmpv6Name(type)) },
    {
      of: 'codes of "unreachable"',
      named: 6,
      names: bytes.map((code) => icmpName(3, code)).filter((name) => name !== icmpName(3)),
    },
  ])('of $of are $named, each a word or more, no two alike', ({ named, names }) => {
    const found = names.filter((name) => name !== undefined);
    expect(found).toHaveLength(named);
    expect(new Set(found).size).toBe(named);
    expect(found.filter((name) => !/^[a-z0-9]+(?:[ ,-]+[a-z0-9]+)*$/.test(name))).toEqual([]);
  });
});

describe('ports', () => {
  it.each([
    { text: '0', port: 0 },
    { text: '65535', port: 65_535 },
    ...['', '65536', '-1', '022', '22 ', '2.2', '1e2', 'ssh'].map((text) => ({ text, port: undefined })),
  ])('$text is port $port', ({ text, port }) => {
    expect(parsePort(text)).toBe(port);
  });

  it.each([
    { text: '22', range: { first: 22, last: 22 } },
    { text: '20-25', range: { first: 20, last: 25 } },
    { text: '0-65535', range: { first: 0, last: 65_535 } },
    ...['25-20', '20-', '-25', '20-25-30', '20 - 25', ''].map((text) => ({ text, range: undefined })),
  ])('$text is the range $range', ({ text, range }) => {
    expect(parsePortRange(text)).toEqual(range);
    if (range !== undefined) expect(formatPortRange(range)).toBe(text);
  });
});

describe('ICMP messages', () => {
  it.each([
    { name: icmpName(8), is: 'echo request' },
    { name: icmpName(8, 0), is: 'echo request' },
    { name: icmpName(3), is: 'destination unreachable' },
    { name: icmpName(3, 4), is: 'fragmentation needed' },
    { name: icmpName(3, 200), is: 'destination unreachable' },
    { name: icmpName(11, 4), is: 'time exceeded' },
    { name: icmpName(200), is: undefined },
    { name: icmpv6Name(128), is: 'echo request' },
    { name: icmpv6Name(8), is: undefined },
  ])('$is', ({ name, is }) => {
    expect(name).toBe(is);
  });
});
