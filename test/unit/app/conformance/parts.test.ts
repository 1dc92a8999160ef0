import { describe, expect, it } from 'vitest';
import { TransportSet } from '#netset';
import { SURE } from '#engine';
import { packetsOf, unionOfAdmitted } from '../../../../lib/app/conformance/packets.ts';
import { verdictOf } from '../../../../lib/app/conformance/part.ts';
import { differs, HOLDS, resultOf, type Check } from '../../../../lib/app/conformance/result.ts';

const none = TransportSet.NONE;
const all = TransportSet.tcp(1, 10);
const half = TransportSet.tcp(1, 5);

describe('one part of a fact', () => {
  const at = (sure: TransportSet, possible: TransportSet, expected: boolean, some = false) =>
    verdictOf({
      expected,
      some,
      points: all,
      pairs: [{ from: [0], to: [1] }],
      at: (bound) => (bound === SURE ? sure : possible),
    }).kind;

  it.each([
    { sure: all, possible: all, yes: 'holds', no: 'differs', someYes: 'holds', someNo: 'differs' },
    { sure: none, possible: none, yes: 'differs', no: 'holds', someYes: 'differs', someNo: 'holds' },
    { sure: half, possible: half, yes: 'differs', no: 'differs', someYes: 'holds', someNo: 'holds' },
    { sure: none, possible: all, yes: 'unknown', no: 'unknown', someYes: 'unknown', someNo: 'unknown' },
    { sure: half, possible: all, yes: 'unknown', no: 'differs', someYes: 'holds', someNo: 'unknown' },
    { sure: none, possible: half, yes: 'differs', no: 'unknown', someYes: 'unknown', someNo: 'holds' },
  ])('$sure of $possible: true $yes, false $no', ({ sure, possible, yes, no, someYes, someNo }) => {
    expect(at(sure, possible, true)).toBe(yes);
    expect(at(sure, possible, false)).toBe(no);
    expect(at(sure, possible, true, true)).toBe(someYes);
    expect(at(sure, possible, false, true)).toBe(someNo);
  });

  it('must hold for every pair, or for some', () => {
    const two = (expected: boolean, some: boolean) =>
      verdictOf({
        expected,
        some,
        points: all,
        pairs: [
          { from: [0], to: [1] },
          { from: [2], to: [1] },
        ],
        at: (_, { from }) => (from[0] === 0 ? all : none),
      }).kind;
    expect([two(true, false), two(false, false), two(true, true), two(false, true)]).toEqual([
      'differs',
      'differs',
      'holds',
      'holds',
    ]);
  });
});

describe('the packets of a fact', () => {
  it.each([
    [{ protocol: 'tcp', ports: '22' }, 'tcp 22'],
    [{ protocol: 'tcp', ports: '1-9079,9081-65535' }, 'tcp 1-9079,9081-65535'],
    [{ protocol: 'udp', ports: null }, 'udp'],
    [{ protocol: 'icmp', icmpType: 8, icmpCode: null }, 'icmp 8'],
    [{ protocol: 'icmp', icmpType: 8, icmpCode: 0 }, 'icmp 8/0'],
    [{ protocol: '6', ports: '80' }, 'tcp 80'],
    [{ protocol: '-1', ports: 'all' }, 'all traffic'],
    [{ protocol: 'all', ports: null }, 'all traffic'],
  ])('%j', (fact, text) => {
    expect(packetsOf(fact, 4)?.toString()).toBe(text);
  });

  it('ICMP of IPv6 is ICMPv6', () => {
    expect(packetsOf({ protocol: 'icmp' }, 6)?.equals(TransportSet.icmpv6())).toBe(true);
  });

  it.each([
    { protocol: 'all', ports: '22' },
    { protocol: 'tcp', icmpType: 8 },
    { protocol: 'icmp', ports: '22' },
    { protocol: '107', ports: '22' },
    { protocol: '256' },
    { protocol: 'tcp', ports: '' },
    { protocol: 'tcp', ports: '65536' },
  ])('%j is not understood', (fact) => {
    expect(packetsOf(fact, 4)).toBeUndefined();
  });

  it('packets that a list admits by source ports count once it has all of them', () => {
    const part = (srcPorts: string) => ({ points: half, srcPorts });
    expect(unionOfAdmitted([part('1-79'), part('80-65535')]).equals(half)).toBe(true);
    expect(unionOfAdmitted([part('1-79'), part('81-65535')]).isEmpty).toBe(true);
    expect(unionOfAdmitted([{ points: half, srcPorts: null }]).equals(half)).toBe(true);
  });
});

describe('the checks of a case', () => {
  const wrong = differs('a', 'b', 'c');
  const later: Check = { kind: 'deferred', reason: 'later' };
  it.each([
    [[HOLDS, HOLDS], 'passed'],
    [[HOLDS, wrong], 'failed'],
    [[later, wrong], 'failed'],
    [[HOLDS, later], 'skipped'],
    [[], 'failed'],
  ])('%j make it %s', (checks, kind) => {
    expect(resultOf(checks).kind).toBe(kind);
  });
});
