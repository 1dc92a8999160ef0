import { idOf, type Endpoint, type PolicyId } from '#model';
import type { Plane } from '#engine';
import type { ServiceFilter } from '#sources/aws';
import type { FactEnd, FilterFact, NamedEnd } from './statement.ts';

/** The groups that a fact is about, by which it is known over several facts. */
export type Filter = {
  readonly key: string;
  /** `undefined`: no group applies to this kind of interface at all. */
  readonly policies: readonly PolicyId[] | undefined;
};

/** Whom the fact is about, and whom at the far end. */
export function endsOfFilter(fact: FilterFact): { readonly subject: FactEnd; readonly remote: FactEnd } {
  return fact.direction === 'ingress'
    ? { subject: fact.to, remote: fact.from }
    : { subject: fact.from, remote: fact.to };
}

/** The groups of an interface, of a managed service by its own record, or one group. A text says why there are none. */
export function filterOf(
  plane: Plane,
  services: readonly ServiceFilter[],
  subject: FactEnd,
): Filter | string {
  if (subject === 'internet') return 'the internet has no groups';
  const filter = serviceFilter(services, subject) ?? interfaceFilter(plane, subject) ?? groupFilter(subject);
  if (filter === undefined) return 'neither an interface nor a service nor a group is named';
  if (typeof filter === 'string') return filter;
  const missing = filter.policies?.find((id) => !plane.network.policies.has(id));
  return missing === undefined ? filter : `the group ${missing} was not read`;
}

function serviceFilter(
  services: readonly ServiceFilter[],
  { dbInstance, domain }: NamedEnd,
): Filter | string | undefined {
  const id = dbInstance ?? domain;
  if (id === undefined) return undefined;
  const kind = dbInstance === undefined ? 'search' : 'database';
  const service = services.find((each) => each.id === id && each.kind === kind);
  if (service === undefined) return `no ${kind} of this name was read`;
  return { key: `${kind} ${id}`, policies: service.groups.map((group) => idOf<'policy'>(group)) };
}

function interfaceFilter(plane: Plane, { eni, instance }: NamedEnd): Filter | string | undefined {
  if (eni === undefined && instance === undefined) return undefined;
  const named = (endpoint: Endpoint): boolean =>
    eni === undefined ? endpoint.host === instance : endpoint.at.id === eni;
  const found = [...plane.network.endpoints.values()].filter(named);
  const [first] = found;
  if (first === undefined || found.length > 1)
    return first === undefined ? 'no such interface was read' : 'it has several interfaces';
  const { id, unfiltered, policies } = first;
  return { key: `interface ${id}`, policies: unfiltered ? undefined : policies };
}

function groupFilter({ securityGroup }: NamedEnd): Filter | undefined {
  if (securityGroup === undefined) return undefined;
  return { key: `group ${securityGroup}`, policies: [idOf<'policy'>(securityGroup)] };
}
