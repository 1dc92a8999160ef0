import { IpSet } from '#netset';
import type { Endpoint, Network } from '#model';
import { isArnOf } from './arn.ts';
import type { EndpointSelector } from './settings.ts';

/** Tells whether an endpoint is one of those that any of the selectors names. */
export function matcherOf(
  selectors: readonly EndpointSelector[],
  network: Network,
): (endpoint: Endpoint) => boolean {
  const tests = selectors.map((selector) => testsOf(selector, network));
  return (endpoint) => tests.some((all) => all.length > 0 && all.every((test) => test(endpoint)));
}

type Test = (endpoint: Endpoint) => boolean;

function testsOf(selector: EndpointSelector, { policies, networks, subnets }: Network): readonly Test[] {
  const { tags = {}, groups, names, kinds, cidrs, vpcs, accounts } = selector;
  const tests: Test[] = Object.entries(tags).map(([key, values]) => {
    const isMeant = patterns(values);
    return (endpoint) => {
      const value = endpoint.tags.get(key);
      return value !== undefined && isMeant(value);
    };
  });
  if (groups !== undefined) {
    const isMeant = patterns(groups);
    tests.push(({ policies: carried }) =>
      carried.some((id) => isMeant(id) || isMeant(policies.get(id)?.name ?? id)),
    );
  }
  if (names !== undefined) tests.push(nameTest(names));
  if (kinds !== undefined) tests.push(({ role }) => kinds.includes(role));
  if (cidrs !== undefined) tests.push((endpoint) => addressesOf(endpoint).overlaps(cidrs));
  if (vpcs !== undefined) {
    const isMeant = patterns(vpcs);
    tests.push(({ network: id }) => isMeant(id) || isMeant(networks.get(id)?.name ?? id));
  }
  if (selector.subnets !== undefined) {
    const isMeant = patterns(selector.subnets);
    tests.push(({ subnet: id }) => isMeant(id) || isMeant(subnets.get(id)?.name ?? id));
  }
  if (accounts !== undefined) tests.push(({ account }) => accounts.includes(account));
  return tests;
}

function nameTest(names: readonly string[]): Test {
  const isMeant = patterns(names);
  const arns = names.filter((name) => name.startsWith('arn:'));
  return (endpoint) =>
    [endpoint.name, endpoint.workload.name, endpoint.id, endpoint.host, endpoint.workload.id].some(isMeant) ||
    arns.some((arn) => isArnOf(arn, endpoint));
}

/** An endpoint's addresses, those by which the internet dials it among them. */
function addressesOf({ addresses }: Endpoint): IpSet {
  return IpSet.unionOf(
    addresses.flatMap(({ first, last, publicIp }) => [
      IpSet.range(first, last),
      ...(publicIp === undefined ? [] : [IpSet.of(publicIp)]),
    ]),
  );
}

/** Tells whether a text is one of these, in which `*` is any run of characters. */
export function patterns(texts: readonly string[]): (text: string) => boolean {
  const plain = new Set(texts.filter((text) => !text.includes('*')));
  const open = texts.filter((text) => text.includes('*')).map((text) => text.split('*'));
  return (text) => plain.has(text) || open.some((parts) => fits(text, parts));
}

/** Whether a text begins and ends with the first and last part, and holds the others in between, in order. Linear, whatever the pattern. */
function fits(text: string, parts: readonly string[]): boolean {
  const [start = '', ...rest] = parts;
  const end = rest.pop() ?? '';
  if (!text.startsWith(start) || !text.endsWith(end) || text.length < start.length + end.length) return false;
  let at = start.length;
  const stop = text.length - end.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > stop) return false;
    at = found + part.length;
  }
  return true;
}
