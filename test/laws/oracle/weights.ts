import { interpret } from './index.ts';
import type { Account, Question } from './index.ts';
import { pairsOf, pointsOf, someQuestions } from './questions.ts';
import type { TransitRoute } from './responses-transit.ts';
import { Dice } from './world/dice.ts';

/**
 * A thing that AWS has and the world without it: how often it decides anything says whether a comparison over
 * such worlds would notice an engine that gets it wrong.
 */
export type Removal = { readonly name: string; readonly without: (target: Account) => Account };

/** Worlds in which some session comes up only with the thing, and in which one comes up only without it. */
export type Weight = { readonly opens: number; readonly closes: number };

export function weigh(
  removals: readonly Removal[],
  worlds: readonly (readonly Account[])[],
  count: number,
): Map<string, Weight> {
  const weights = new Map(removals.map(({ name }) => [name, { opens: 0, closes: 0 }]));
  for (const [seed, world] of worlds.entries()) {
    const whole = interpret(world);
    const questions = [...someQuestions(world, count / 2, seed), ...closeQuestions(world, count / 2, seed)];
    const answers = questions.map((question) => whole.ask(question).bounds);
    for (const { name, without } of removals) {
      const weight = weights.get(name);
      const poorer = world.map(without);
      if (weight === undefined || JSON.stringify(poorer) === JSON.stringify(world)) continue;
      const bare = interpret(poorer);
      const pairs = questions.map((question: Question, at) => {
        const is = answers[at];
        const would = bare.ask(question).bounds;
        return {
          opens: is?.session.sure === true && !would.session.possible,
          closes: is?.session.possible === false && would.session.sure,
        };
      });
      if (pairs.some(({ opens }) => opens)) weight.opens += 1;
      if (pairs.some(({ closes }) => closes)) weight.closes += 1;
    }
  }
  return weights;
}

/** At pairs of interfaces of different VPCs, where most of what is weighed decides. */
function closeQuestions(world: readonly Account[], count: number, seed: number): Question[] {
  const dice = new Dice(seed).fork('close');
  const cards = world.flatMap((target) => target.DescribeNetworkInterfaces?.NetworkInterfaces ?? []);
  const vpcOf = new Map(cards.map((card) => [card.NetworkInterfaceId, card.VpcId]));
  const pairs = pairsOf(world).filter(
    ([from, to]) =>
      'interface' in from && 'interface' in to && vpcOf.get(from.interface) !== vpcOf.get(to.interface),
  );
  const points = pointsOf(world).filter(({ protocol }) => protocol === 6);
  return Array.from({ length: count }, (): Question[] => {
    const pair = dice.pickAny(pairs);
    const point = dice.pickAny(points);
    return pair === undefined || point === undefined ? [] : [{ from: pair[0], to: pair[1], ...point }];
  }).flat();
}

export const REMOVALS: readonly Removal[] = [
  { name: 'transit gateways', without: without('DescribeTransitGatewayAttachments') },
  {
    name: 'zones',
    without: (target) => ({
      ...target,
      DescribeSubnets: {
        Subnets: (target.DescribeSubnets?.Subnets ?? []).map((subnet) => ({
          ...subnet,
          AvailabilityZoneId: 'one',
        })),
      },
    }),
  },
  {
    name: 'static transit routes',
    without: routesWithout(({ Type, State }) => Type === 'static' && State === 'active'),
  },
  { name: 'announced transit routes', without: routesWithout(({ Type }) => Type === 'propagated') },
  { name: 'transit blackholes', without: routesWithout(({ State }) => State === 'blackhole') },
  {
    name: 'transit peerings',
    without: attachmentsWithout(({ ResourceType }) => ResourceType === 'peering'),
  },
  {
    name: 'transit VPN connections',
    without: attachmentsWithout(({ ResourceType }) => ResourceType === 'vpn'),
  },
  { name: 'groups named over transit', without: without('DescribeTransitGateways') },
  { name: 'attachment subnets’ ACLs', without: openAttachmentAcls },
  { name: 'several transit tables', without: oneTable },
  { name: 'site gateways', without: without('DescribeVpnGateways') },
  { name: 'VPC Block Public Access', without: without('DescribeVpcBlockPublicAccessOptions') },
  { name: 'exclusions from it', without: without('DescribeVpcBlockPublicAccessExclusions') },
];

function without(call: keyof Account): (target: Account) => Account {
  return (target) => {
    const { [call]: gone, ...rest } = target;
    return gone === undefined ? target : rest;
  };
}

function routesWithout(isGone: (route: TransitRoute) => boolean): (target: Account) => Account {
  return (target) => ({
    ...target,
    SearchTransitGatewayRoutes: Object.fromEntries(
      Object.entries(target.SearchTransitGatewayRoutes ?? {}).map(([id, { Routes }]) => [
        id,
        { Routes: Routes.filter((route) => !isGone(route)) },
      ]),
    ),
  });
}

type Attachments = NonNullable<Account['DescribeTransitGatewayAttachments']>['TransitGatewayAttachments'];

function attachmentsWithout(isGone: (end: Attachments[number]) => boolean): (target: Account) => Account {
  return (target) => {
    const ends = target.DescribeTransitGatewayAttachments?.TransitGatewayAttachments ?? [];
    const gone = new Set(ends.filter(isGone).map((end) => end.TransitGatewayAttachmentId));
    const poorer = routesWithout(
      (route) =>
        route.TransitGatewayAttachments?.some((end) => gone.has(end.TransitGatewayAttachmentId)) ?? false,
    )(target);
    return {
      ...poorer,
      DescribeTransitGatewayAttachments: { TransitGatewayAttachments: ends.filter((end) => !isGone(end)) },
    };
  };
}

/** Subnets that hold attachments and no interfaces get an ACL that lets everything through. */
function openAttachmentAcls(target: Account): Account {
  const attached = (target.DescribeTransitGatewayVpcAttachments?.TransitGatewayVpcAttachments ?? []).flatMap(
    (end) => end.SubnetIds,
  );
  const held = (target.DescribeNetworkInterfaces?.NetworkInterfaces ?? []).map((each) => each.SubnetId);
  const bare = new Set(attached.filter((subnet) => !held.includes(subnet)));
  const acls = target.DescribeNetworkAcls?.NetworkAcls ?? [];
  const moved = acls.flatMap((acl) => acl.Associations).filter(({ SubnetId }) => bare.has(SubnetId));
  const [first] = acls;
  if (first === undefined || moved.length === 0) return target;
  const everything = [false, true].flatMap((Egress) => [
    { RuleNumber: 1, RuleAction: 'allow', Egress, Protocol: '-1', CidrBlock: '0.0.0.0/0' },
    { RuleNumber: 2, RuleAction: 'allow', Egress, Protocol: '-1', Ipv6CidrBlock: '::/0' },
  ]);
  return {
    ...target,
    DescribeNetworkAcls: {
      NetworkAcls: [
        ...acls.map((acl) => ({
          ...acl,
          Associations: acl.Associations.filter(({ SubnetId }) => !bare.has(SubnetId)),
        })),
        { ...first, NetworkAclId: 'acl-open', Associations: moved, Entries: everything },
      ],
    },
  };
}

/** Every attachment looks its packets up in the first table of its gateway. */
function oneTable(target: Account): Account {
  const tables = target.DescribeTransitGatewayRouteTables?.TransitGatewayRouteTables ?? [];
  return {
    ...target,
    DescribeTransitGatewayAttachments: {
      TransitGatewayAttachments: (
        target.DescribeTransitGatewayAttachments?.TransitGatewayAttachments ?? []
      ).map((end) => {
        const first = tables.find((table) => table.TransitGatewayId === end.TransitGatewayId);
        if (first === undefined || end.Association === undefined) return end;
        const { TransitGatewayRouteTableId } = first;
        return { ...end, Association: { ...end.Association, TransitGatewayRouteTableId } };
      }),
    },
  };
}
