import { describe, expect, it } from 'vitest';
import { idOf, type Network } from '#model';
import { analyse, HostGraph, type Path, type PathLimits, type PathStart } from '#engine';
import { networkOf, type HostSpec } from '../../support/network.ts';

const INTERNET: PathStart = { kind: 'internet' };
const on = (name: string): PathStart => ({ kind: 'host', host: idOf(name) });

/** Hosts in one subnet, each with a group of its own name; `x: ['in tcp/22 from group y']` means that y may get in. */
function chain(
  rules: Readonly<Record<string, readonly string[]>>,
  hosts: Readonly<Record<string, Partial<HostSpec>>> = {},
): Network {
  const names = [...new Set([...Object.keys(rules), ...Object.keys(hosts)])];
  return networkOf({
    hosts: Object.fromEntries(
      names.map((name, i) => [name, { at: `10.0.0.${String(10 + i)}`, groups: [name], ...hosts[name] }]),
    ),
    groups: Object.fromEntries(names.map((name) => [name, [...(rules[name] ?? []), 'out all to any']])),
  });
}

function pathText({ hops, isSure }: Path): string {
  return `${[hops[0].from?.name ?? 'internet', ...hops.map(({ to }) => to.name)].join(' ')}${isSure ? '' : ' ?'}`;
}

const paths = (network: Network, from: PathStart, to: string, limits?: PathLimits): string[] =>
  new HostGraph(analyse(network)).pathsTo(from, idOf(to), limits).map(pathText);

const falls = (network: Network, from: PathStart): string[] =>
  new HostGraph(analyse(network))
    .fallsFrom(from)
    .map(({ by, depth, isSure }) => `${String(depth)} ${by.to.name}${isSure ? '' : ' ?'}`);

const SSH = (from: string, doubt = ''): string => `in tcp/22 from group ${from}${doubt}`;
const diamond = chain({ a: [], b: [SSH('a')], c: [SSH('a')], d: [SSH('b'), SSH('c')], e: [SSH('d')] });

describe('paths', () => {
  it('come shortest first, every simple one', () => {
    expect(paths(diamond, on('a'), 'd')).toEqual(['a b d', 'a c d']);
    expect(paths(diamond, on('a'), 'e')).toEqual(['a b d e', 'a c d e']);
    expect(paths(diamond, on('e'), 'a')).toEqual([]);
    const direct = chain({ a: [], b: [SSH('a')], d: [SSH('a'), SSH('b')] });
    expect(paths(direct, on('a'), 'd')).toEqual(['a d', 'a b d']);
  });

  it('never go in circles', () => {
    const ring = chain({ a: [SSH('c')], b: [SSH('a')], c: [SSH('b')], d: [SSH('c')] });
    expect(paths(ring, on('a'), 'd')).toEqual(['a b c d']);
  });

  it('are bounded in number and in length', () => {
    expect(paths(diamond, on('a'), 'e', { maxHops: 3, maxPaths: 1 })).toEqual(['a b d e']);
    expect(paths(diamond, on('a'), 'e', { maxHops: 2, maxPaths: 9 })).toEqual([]);
  });

  it('tell possible ways only where there is no sure one', () => {
    const doubtful = chain({
      a: [],
      b: [SSH('a', ' ?')],
      c: [SSH('a')],
      d: [SSH('b'), SSH('c')],
      e: [SSH('b')],
    });
    expect(paths(doubtful, on('a'), 'd')).toEqual(['a c d']);
    expect(paths(doubtful, on('a'), 'e')).toEqual(['a b e ?']);
    expect(falls(doubtful, on('a'))).toEqual(['1 c', '2 d', '1 b ?', '2 e ?']);
  });

  it('do not lead through what cannot open connections of its own choosing', () => {
    const network = chain({ a: [], lb: [SSH('a')], b: [SSH('lb')] }, { lb: { role: 'load-balancer' } });
    expect(paths(network, on('a'), 'b')).toEqual([]);
    expect(falls(network, on('a'))).toEqual(['1 lb']);
  });

  it('need TCP or UDP: a ping is no way in', () => {
    expect(falls(chain({ a: [], b: ['in icmp from group a'] }), on('a'))).toEqual([]);
  });

  it('take the interfaces of a host together', () => {
    const network = networkOf({
      hosts: {
        a: { at: '10.0.0.10', groups: ['a'] },
        'b-front': { at: '10.0.0.11', groups: ['front'], host: 'b' },
        'b-back': { at: '10.0.1.11', groups: ['back'], host: 'b' },
        c: { at: '10.0.1.12', groups: ['c'] },
      },
      groups: { a: ['out all to any'], front: [SSH('a')], back: ['out all to any'], c: [SSH('back')] },
    });
    expect(paths(network, on('a'), 'c')).toEqual(['a b-front c']);
  });
});

describe('from the internet', () => {
  const entry = (rule: string) =>
    chain({ a: [rule], b: [SSH('a')] }, { a: { at: '10.0.0.10=203.0.113.10' }, b: { at: '10.0.1.10' } });

  it.each([
    ['0.0.0.0/0', ['1 a', '2 b']],
    ['0.0.0.0/1,128.0.0.0/1', ['1 a', '2 b']],
    ['52.0.0.0/8', ['1 a', '2 b']],
    // a limited range is somebody's office, not the internet
    ['198.51.100.0/24', []],
    ['10.0.0.0/8', []],
  ])('%s lets in: %j', (range, expected) => {
    expect(falls(entry(`in tcp/22 from ${range}`), INTERNET)).toEqual(expected);
  });

  it('has paths of its own, the shortest told', () => {
    const network = entry('in tcp/22 from 0.0.0.0/1,128.0.0.0/2');
    expect(paths(network, INTERNET, 'b')).toEqual(['internet a b']);
    const graph = new HostGraph(analyse(network));
    expect(pathText(graph.shortestTo(INTERNET, idOf('b'))!)).toBe('internet a b');
    expect(pathText(graph.shortestTo(on('a'), idOf('b'))!)).toBe('a b');
    expect(graph.shortestTo(on('b'), idOf('nobody'))).toBeUndefined();
  });

  it('is possible where the door is in doubt', () => {
    expect(falls(entry('in tcp/22 from any ?'), INTERNET)).toEqual(['1 a ?', '2 b ?']);
  });
});
