import { describe, expect, it } from 'vitest';
import { interpret } from './index.ts';
import type { Question } from './index.ts';
import { ask, draw } from './sketch.ts';

const account = draw({
  subnets: { s: {}, t: {} },
  cards: {
    a: { ip: '10.0.0.10', ip6: '2001:db8:a::10' },
    b: { subnet: 't', ip: '10.0.1.20', ip6: '2001:db8:a:1::20', groups: [] },
  },
});
const A = { interface: 'eni-a', ip: '10.0.0.10' };
const B = { interface: 'eni-b', ip: '10.0.1.20' };

describe('questions that cannot be meant', () => {
  it.each<[line: string, question: Question]>([
    ['tcp without a port', { from: A, to: B, protocol: 6 }],
    ['ICMP without a type', { from: A, to: B, protocol: 1 }],
    ['an interface to itself', { from: A, to: A, protocol: 47 }],
    ['two families', { from: A, to: { interface: 'eni-b', ip: '2001:db8:a:1::20' }, protocol: 47 }],
    ['an unknown interface', { from: A, to: { interface: 'eni-z', ip: '10.0.1.20' }, protocol: 47 }],
    [
      'an address of another interface',
      { from: A, to: { interface: 'eni-b', ip: '10.0.0.10' }, protocol: 47 },
    ],
    ['an outside address that is held', { from: A, to: { outside: '10.0.1.20' }, protocol: 47 }],
    ['an outside address that is none', { from: A, to: { outside: 'banana' }, protocol: 47 }],
    ['two outside ends', { from: { outside: '1.1.1.1' }, to: { outside: '8.8.8.8' }, protocol: 47 }],
  ])('%s', (_, question) => {
    expect(() => interpret(account).ask(question)).toThrow(TypeError);
  });
});

describe('an answer', () => {
  it('says what stopped the packet first', () => {
    expect(ask(account, 'a', 'b', 'tcp/22').why).toBe('stopped by ingress rules of the destination');
    expect(ask(account, 'b', 'a', 'tcp/22').why).toBe('stopped by egress rules of the source');
    expect(ask(account, 'a', '8.8.8.8', 'tcp/22').why).toBe('no route');
  });

  it('has no replies where nothing goes forward', () => {
    expect(ask(account, 'a', 'b', 'tcp/22').reply(40000)).toBe(false);
    expect(ask(account, 'a', 'b', 'icmp/3/4').session).toBe(false);
  });
});
