import type { Network, Policy } from '#model';
import { TIERS } from '../translate/tiers.ts';
import type { PolicyChange } from './change.ts';
import { isName, peersOf } from './manifest.ts';

type PeerChange = Extract<PolicyChange, { kind: 'peer' }>;

/** One step of a JSON Patch. https://www.rfc-editor.org/rfc/rfc6902 */
export type PatchStep = { readonly op: string; readonly path: string; readonly value?: unknown };

/** What is to be changed in one NetworkPolicy. */
export type PolicyPatch = {
  readonly namespace: string;
  readonly name: string;
  readonly steps: readonly PatchStep[];
};

/** `ingress[0].from[1]`: in which rule, and which of its peers; a rule for everybody has none. */
type Place = { readonly list: string; readonly rule: number; readonly peers: string; readonly peer?: number };

/**
 * The changes of rules as patches, one for each policy. A rule whose last peer goes is taken away whole: without any it would be one for
 * everybody. `undefined` where one is no rule of a NetworkPolicy.
 */
export function patchesOf(
  { policies }: Network,
  changes: readonly PeerChange[],
): readonly PolicyPatch[] | undefined {
  const byPolicy = new Map<string, { readonly policy: Policy; readonly changes: PeerChange[] }>();
  for (const change of changes) {
    const policy = policies.get(change.policy);
    if (policy?.tier?.name !== TIERS.networkPolicies.name) return undefined;
    const known = byPolicy.get(policy.at.id) ?? { policy, changes: [] };
    byPolicy.set(policy.at.id, known);
    known.changes.push(change);
  }
  const patches: PolicyPatch[] = [];
  for (const { policy, changes: own } of byPolicy.values()) {
    const named = /^NetworkPolicy ([^/ ]+)\/([^/ ]+)$/.exec(policy.at.id);
    const [, namespace = '', name = ''] = named ?? [];
    const steps = stepsOf(policy, namespace, own);
    if (!isName(namespace) || !isName(name) || steps === undefined) return undefined;
    patches.push({ namespace, name, steps });
  }
  return patches;
}

function stepsOf(
  policy: Policy,
  namespace: string,
  changes: readonly PeerChange[],
): readonly PatchStep[] | undefined {
  const removed = new Map<string, Place>();
  const steps: PatchStep[] = [];
  for (const { rule, instead } of changes) {
    const place = placeOf(rule.at.path);
    if (place === undefined) return undefined;
    if (instead === undefined) {
      removed.set(pathOf(place), place);
      continue;
    }
    const [value] = peersOf(instead, namespace);
    if (value === undefined) return undefined;
    steps.push(
      place.peer === undefined
        ? { op: 'add', path: `${pathOf(place)}/${place.peers}`, value: [value] }
        : { op: 'replace', path: pathOf(place), value },
    );
  }
  const gone = new Map<string, Place>();
  for (const [path, place] of removed) {
    const others = policy.rules.some(({ at }) => {
      const other = placeOf(at.path);
      const isOfRule = other?.list === place.list && other.rule === place.rule;
      return isOfRule && !removed.has(pathOf(other));
    });
    if (place.peer !== undefined && others) gone.set(path, place);
    else {
      const { peer: _, ...whole } = place;
      gone.set(pathOf(whole), whole);
    }
  }
  // from the end, so that what is before keeps its number
  const order = [...gone].sort(([, a], [, b]) => b.rule - a.rule || (b.peer ?? 0) - (a.peer ?? 0));
  return [...steps, ...order.map(([path]): PatchStep => ({ op: 'remove', path }))];
}

function placeOf(path: string): Place | undefined {
  const found = / spec\.(ingress|egress)\[(\d+)\](?:\.(?:from|to)\[(\d+)\])?$/.exec(path);
  if (found === null) return undefined;
  const [, list = '', rule, peer] = found;
  return {
    list,
    rule: Number(rule),
    peers: list === 'ingress' ? 'from' : 'to',
    ...(peer !== undefined && { peer: Number(peer) }),
  };
}

function pathOf({ list, rule, peers, peer }: Place): string {
  return `/spec/${list}/${String(rule)}${peer === undefined ? '' : `/${peers}/${String(peer)}`}`;
}
