import { formatCidr } from '#netset';
import type { Gateway, Network } from '#model';
import type { GroupRule } from '../undo/group-rule.ts';
import { newEntries, type NewEntry } from './acl-entries.ts';
import type { ModelChange } from './change.ts';
import { NEW, ownGroupOf } from './own-group.ts';
import { ruleEdits } from './rule-edits.ts';

/** Something that templates declare, in AWS's own terms. */
export type Resource =
  | { readonly kind: 'rule'; readonly rule: GroupRule; readonly isOfNewGroup?: true }
  | {
      readonly kind: 'route';
      readonly table: string;
      readonly destination: { readonly kind: 'ipv4' | 'ipv6' | 'list'; readonly text: string };
      readonly target: { readonly kind: Exclude<Gateway['kind'], 'outlet'>; readonly id: string };
    }
  | { readonly kind: 'entry'; readonly entry: NewEntry }
  | { readonly kind: 'listener'; readonly balancer: string; readonly port: number }
  | {
      readonly kind: 'group';
      readonly name: string;
      readonly description: string;
      readonly vpc: string;
      /** What it lets out: a template has to say that within the group, or everything is let out. */
      readonly egress: readonly GroupRule[];
    };

/** Resources that go, and those that come in their place. */
export type ResourceEdit = {
  /** What it is about, and what else to do about it, in lines. Holds no untrusted text but ids. */
  readonly comments: readonly string[];
  readonly old: readonly Resource[];
  readonly fresh: readonly Resource[];
};

/** The changes in the terms of templates; `undefined` where one of them cannot be said so. */
export function resourceEdits(
  network: Network,
  changes: readonly ModelChange[],
): readonly ResourceEdit[] | undefined {
  const edits = ruleEdits(network, changes);
  const others = changes.flatMap((change) => (change.kind === 'rule' ? [] : [otherEdit(network, change)]));
  if (edits === undefined || !others.every((edit) => edit !== undefined)) return undefined;
  return [
    ...edits.map(({ old, id, instead, policy }): ResourceEdit => ({
      comments: [`the rule${id === undefined ? '' : ` ${id}`} of ${policy.at.id}`],
      old: old === undefined ? [] : [{ kind: 'rule', rule: old }],
      fresh: instead.map((rule) => ({ kind: 'rule', rule })),
    })),
    ...others,
  ];
}

/** What the resources that come are called: no two alike, since all stand in one file. */
export function freshNames(
  edits: readonly ResourceEdit[],
  numbered: (i: number) => string,
  only: string,
): (edit: number, i: number) => string {
  const counts = edits.map(({ fresh }) => fresh.length);
  const isOne = counts.reduce((sum, count) => sum + count, 0) === 1;
  return (edit, i) =>
    isOne ? only : numbered(counts.slice(0, edit).reduce((sum, count) => sum + count, 0) + i + 1);
}

function otherEdit(
  network: Network,
  change: Exclude<ModelChange, { kind: 'rule' }>,
): ResourceEdit | undefined {
  switch (change.kind) {
    case 'route':
      return routeEdit(network, change);
    case 'listener': {
      const { at, transport } = change.listener;
      const port = transport.portsOf(6)[0] ?? transport.portsOf(17)[0];
      const balancer = network.relays.get(change.relay)?.at.id;
      if (port === undefined || balancer === undefined) return undefined;
      return {
        comments: [`the listener ${at.id}`],
        old: [{ kind: 'listener', balancer, port: port.first }],
        fresh: [],
      };
    }
    case 'acl': {
      const entries = newEntries(network, change);
      return (
        entries && {
          comments: [`entries before all others of ${change.policy}`],
          old: [],
          fresh: entries.map((entry) => ({ kind: 'entry', entry })),
        }
      );
    }
    case 'group': {
      const own = ownGroupOf(network, change);
      // within itself a group has no name yet
      const isWithin = ({ direction, source }: GroupRule): boolean =>
        direction === 'egress' && source.id !== NEW;
      const egress = own?.rules.filter(isWithin) ?? [];
      const apart = own?.rules.filter((rule) => !isWithin(rule)) ?? [];
      return (
        own && {
          comments: [
            `a group in place of ${own.insteadOf}: put it there in the list of groups of ${own.interfaces.join(', ')}`,
          ],
          old: [],
          fresh: [
            { kind: 'group', name: own.name, description: own.description, vpc: own.vpc, egress },
            ...apart.map((rule): Resource => ({ kind: 'rule', rule, isOfNewGroup: true })),
          ],
        }
      );
    }
  }
}

function routeEdit(
  { routeTables, gateways }: Network,
  { table: id, route }: Extract<ModelChange, { kind: 'route' }>,
): ResourceEdit | undefined {
  const { destination, list, target } = route;
  const gateway = target.kind === 'gateway' ? gateways.get(target.gateway) : undefined;
  const table = routeTables.get(id)?.at.id;
  const takes =
    list !== undefined
      ? ({ kind: 'list', text: list } as const)
      : destination &&
        ({ kind: destination.family === 4 ? 'ipv4' : 'ipv6', text: formatCidr(destination) } as const);
  if (gateway === undefined || gateway.kind === 'outlet' || table === undefined || takes === undefined)
    return undefined;
  return {
    comments: [`a route of ${table}`],
    old: [{ kind: 'route', table, destination: takes, target: { kind: gateway.kind, id: gateway.id } }],
    fresh: [],
  };
}
