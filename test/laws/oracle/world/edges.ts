import { formatBlock, overlap } from '../address.ts';
import type {
  EgressOnlyInternetGateway,
  InternetGateway,
  PeeringConnection,
  PeeringSide,
  VpcEndpoint,
} from '../responses.ts';
import type { Dice } from './dice.ts';
import type { Features } from './features.ts';
import { idOf } from './ids.ts';
import type { VpcPlan } from './layout.ts';

/** What stands at the edges of the VPCs; routes and group references point at it. */
export type Edges = {
  readonly internet: readonly (InternetGateway & { readonly plannedFor: string })[];
  readonly egressOnly: readonly (EgressOnlyInternetGateway & { readonly plannedFor: string })[];
  readonly peerings: readonly PeeringConnection[];
  readonly endpoints: readonly VpcEndpoint[];
};

export function buildEdges(dice: Dice, features: Features, vpcs: readonly VpcPlan[]): Edges {
  return {
    internet: vpcs.flatMap((vpc, number) => {
      const own = dice.fork('igw', vpc.id);
      if (!features.internetGateways || own.chance(0.1)) return [];
      const state = own.chance(0.88)
        ? 'available'
        : own.pick(['detached', 'detached', 'attaching', 'detaching']);
      return {
        plannedFor: vpc.id,
        InternetGatewayId: idOf('igw', number),
        OwnerId: vpc.target.account,
        Attachments: state === 'detached' ? [] : [{ State: state, VpcId: vpc.id }],
      };
    }),
    egressOnly: vpcs.flatMap((vpc, number) => {
      const own = dice.fork('eigw', vpc.id);
      if (!features.egressOnlyGateways || vpc.block6 === undefined || own.chance(0.4)) return [];
      const state = own.pick(['attached', 'attached', 'attached', 'detached']);
      return {
        plannedFor: vpc.id,
        EgressOnlyInternetGatewayId: idOf('eigw', number),
        Attachments: state === 'attached' ? [{ State: state, VpcId: vpc.id }] : [],
      };
    }),
    peerings: features.peering ? peerAll(dice.fork('peerings'), vpcs) : [],
    endpoints: vpcs.flatMap((vpc, number) => endpointOf(dice.fork('vpce', vpc.id), features, vpc, number)),
  };
}

/** The list that AWS keeps of S3's addresses; each Region has its own. */
export function s3List(region: string): string {
  return region === 'eu-west-1' ? 'pl-6da54004' : 'pl-6ea54007';
}

function endpointOf(dice: Dice, features: Features, vpc: VpcPlan, number: number): VpcEndpoint[] {
  if (!features.gatewayEndpoints || !dice.chance(0.5)) return [];
  return [
    {
      VpcEndpointId: idOf('vpce', number),
      VpcEndpointType: 'Gateway',
      VpcId: vpc.id,
      OwnerId: vpc.target.account,
      ServiceName: `com.amazonaws.${vpc.target.region}.s3`,
      State: dice.pick(['available', 'available', 'available', 'available', 'pending', 'deleting']),
      RouteTableIds: [],
    },
  ];
}

/** Two VPCs have at most one active peering, and none if they overlap; ended ones stay listed for a while. */
function peerAll(dice: Dice, vpcs: readonly VpcPlan[]): PeeringConnection[] {
  const pairs = vpcs.flatMap((a, at) => vpcs.slice(at + 1).map((b) => [a, b] as const));
  return pairs.flatMap(([a, b], number) => {
    const own = dice.fork(a.id, b.id);
    if (a.blocks.some((block) => b.blocks.some((other) => overlap(block, other))))
      return own.chance(0.4) ? [peering(number * 2, a, b, 'failed')] : [];
    if (own.chance(0.15)) return [];
    const status = own.pick(STATUSES);
    const old = own.chance(0.15) ? [peering(number * 2 + 1, a, b, 'deleted')] : [];
    return own.chance(0.5)
      ? [...old, peering(number * 2, a, b, status)]
      : [...old, peering(number * 2, b, a, status)];
  });
}

const STATUSES = [
  'active',
  'active',
  'active',
  'active',
  'active',
  'active',
  'pending-acceptance',
  'deleted',
  'rejected',
] as const;

function peering(number: number, requester: VpcPlan, accepter: VpcPlan, status: string): PeeringConnection {
  return {
    VpcPeeringConnectionId: idOf('pcx', number),
    Status: { Code: status, Message: status },
    RequesterVpcInfo: sideOf(requester, true),
    // AWS tells the accepter's CIDRs only once it has accepted
    AccepterVpcInfo: sideOf(accepter, status === 'active'),
  };
}

function sideOf(vpc: VpcPlan, tellsBlocks: boolean): PeeringSide {
  const blocks = vpc.blocks.map(formatBlock);
  const { account, region } = vpc.target;
  if (!tellsBlocks) return { VpcId: vpc.id, OwnerId: account, Region: region };
  return {
    VpcId: vpc.id,
    OwnerId: account,
    Region: region,
    CidrBlock: blocks[0] ?? '',
    CidrBlockSet: blocks.map((block) => ({ CidrBlock: block })),
    ...(vpc.block6 === undefined ? {} : { Ipv6CidrBlockSet: [{ Ipv6CidrBlock: formatBlock(vpc.block6) }] }),
  };
}
