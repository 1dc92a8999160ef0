import type { Account } from './responses.ts';
import type { TransitRoute, TransitVpcAttachment } from './responses-transit.ts';

/**
 * Transit gateways drawn by hand. Attachments are named for what they attach: `a` is VPC `vpc-a`, whose
 * attachment subnets are said. Without another word, they are at gateway `tgw-t` and in its table `main`.
 */
export type TransitSketch = {
  readonly attachments: Readonly<Record<string, AttachmentSketch>>;
  readonly tables: Readonly<Record<string, readonly RouteSketch[]>>;
  /** Gateways over which groups may be named. */
  readonly referring?: readonly string[];
};

type AttachmentSketch = {
  readonly subnets?: readonly string[];
  readonly gateway?: string;
  /** Null: no association. */
  readonly table?: string | null;
  readonly state?: string;
  readonly kind?: string;
  readonly resource?: string;
  readonly options?: TransitVpcAttachment['Options'];
};

/** `via` names attachments; none for a blackhole. */
export type RouteSketch = {
  readonly to: string;
  readonly via?: string | readonly string[];
  readonly type?: 'static' | 'propagated';
  readonly list?: string;
};

export function drawTransit(sketch: TransitSketch): Account {
  const attachments = Object.entries(sketch.attachments).map(([name, each]) => ({
    name,
    id: `tgw-attach-${name}`,
    gateway: each.gateway ?? 'tgw-t',
    kind: each.kind ?? 'vpc',
    resource: each.resource ?? `vpc-${name}`,
    state: each.state ?? 'available',
    sketch: each,
  }));
  const route = ({ to, via, type = 'static', list }: RouteSketch): TransitRoute => ({
    DestinationCidrBlock: to,
    ...(list === undefined ? {} : { PrefixListId: list }),
    Type: type,
    State: via === undefined ? 'blackhole' : 'active',
    TransitGatewayAttachments: [via ?? []].flat().map((name) => {
      const end = attachments.find((each) => each.name === name);
      return {
        TransitGatewayAttachmentId: `tgw-attach-${name}`,
        ResourceId: end?.resource ?? '',
        ResourceType: end?.kind ?? 'vpc',
      };
    }),
  });
  const owner = { OwnerId: '111122223333', State: 'available' };
  const gateways = [...new Set(attachments.map((each) => each.gateway))];
  return {
    DescribeTransitGateways: {
      TransitGateways: gateways.map((id) => ({
        ...owner,
        TransitGatewayId: id,
        Options: {
          SecurityGroupReferencingSupport: sketch.referring?.includes(id) === true ? 'enable' : 'disable',
        },
      })),
    },
    DescribeTransitGatewayAttachments: {
      TransitGatewayAttachments: attachments.map(({ id, gateway, kind, resource, state, sketch: said }) => ({
        TransitGatewayAttachmentId: id,
        TransitGatewayId: gateway,
        TransitGatewayOwnerId: owner.OwnerId,
        ResourceOwnerId: owner.OwnerId,
        ResourceType: kind,
        ResourceId: resource,
        State: state,
        ...(said.table === null
          ? {}
          : { Association: { TransitGatewayRouteTableId: said.table ?? 'main', State: 'associated' } }),
      })),
    },
    DescribeTransitGatewayVpcAttachments: {
      TransitGatewayVpcAttachments: attachments
        .filter(({ kind }) => kind === 'vpc')
        .map(({ id, gateway, resource, state, sketch: said }) => ({
          TransitGatewayAttachmentId: id,
          TransitGatewayId: gateway,
          VpcId: resource,
          VpcOwnerId: owner.OwnerId,
          State: state,
          SubnetIds: said.subnets ?? [],
          Options: {
            SecurityGroupReferencingSupport: 'enable',
            Ipv6Support: 'enable',
            ApplianceModeSupport: 'disable',
            ...said.options,
          },
        })),
    },
    SearchTransitGatewayRoutes: Object.fromEntries(
      Object.entries(sketch.tables).map(([name, routes]) => [name, { Routes: routes.map(route) }]),
    ),
  };
}
