import { ALL_IPS, TransportSet } from '#netset';
import {
  idOf,
  type BlindSpotId,
  type Direction,
  type EndpointId,
  type GatewayId,
  type Policy,
  type PolicyId,
  type Route,
  type Rule,
  type SourceRef,
} from '#model';

const NO_TAGS: ReadonlyMap<string, string> = new Map();

/** Rules of a border policy that was not read: everything may pass, nothing surely does. */
export function unknownRules(policy: string, because: BlindSpotId, at: SourceRef): Rule[] {
  return (['ingress', 'egress'] satisfies Direction[]).map((direction) => ({
    id: idOf<'rule'>(`${policy}/${direction}/unknown`),
    direction,
    action: 'allow',
    selector: { kind: 'ips', ips: ALL_IPS },
    transport: TransportSet.ALL,
    description: '',
    doubt: because,
    at,
  }));
}

/** A `first-match` policy that stands in for one that was not read. */
export function unknownBorder(id: PolicyId, because: BlindSpotId, at: SourceRef): Policy {
  const rules = unknownRules(id, because, at);
  return { id, name: id, kind: 'first-match', rules, isDefault: false, tags: NO_TAGS, at };
}

/** A rule of a group of which it is not known whom it admits, nor to what. */
export function unknownGroupRule(
  group: string,
  direction: Direction,
  because: BlindSpotId,
  at: SourceRef,
): Rule {
  return {
    id: idOf<'rule'>(`${group}/${direction}/unknown`),
    direction,
    action: 'allow',
    selector: { kind: 'unresolved', text: `the rules of ${group}`, because },
    transport: TransportSet.ALL,
    description: '',
    at,
  };
}

/** An `any-allow` policy that stands in for a group that was not read. */
export function unknownGroup(id: PolicyId, name: string, because: BlindSpotId, at: SourceRef): Policy {
  const rules = (['ingress', 'egress'] satisfies Direction[]).map((direction) =>
    unknownGroupRule(id, direction, because, at),
  );
  return { id, name, kind: 'any-allow', rules, isDefault: false, tags: NO_TAGS, at };
}

/** A route that may take any packet anywhere: what stands in for routes that were not read. */
export function unknownRoute(
  text: string,
  because: BlindSpotId,
  appliances: readonly (EndpointId | GatewayId)[],
  at: SourceRef,
): Route {
  return { destination: undefined, target: { kind: 'unknown', text, because, appliances }, at };
}
