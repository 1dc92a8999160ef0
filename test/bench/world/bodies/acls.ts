import { addressText, blockText } from '../address.ts';
import type { Ids } from '../ids.ts';
import type { Layout, Tier, VpcPlan } from '../layout.ts';
import { ACCOUNT, nameTag } from '../owner.ts';
import { Random } from '../random.ts';

type Line = {
  readonly action: 'allow' | 'deny';
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'all';
  readonly cidr: string;
  readonly ports?: readonly [number, number];
};

const PROTOCOL_NUMBERS = { all: '-1', icmp: '1', tcp: '6', udp: '17' } as const;
const ANYWHERE = '0.0.0.0/0';
const EPHEMERAL = [1_024, 65_535] as const;
const LAST_RULE = 32_767;

/** A default VPC has the default list; others guard their public and data tiers with lists of their own. */
export function aclBodies(seed: number, layout: Layout, ids: Ids) {
  const random = new Random(seed, 'acls');
  return {
    NetworkAcls: layout.vpcs.flatMap((vpc) => {
      const open: Line[] = [{ action: 'allow', protocol: 'all', cidr: ANYWHERE }];
      if (vpc.isDefault) return [aclBody(vpc, 'default', undefined, open, open, ids)];
      const isWide = random.chance(0.6);
      return [
        aclBody(vpc, 'default', 'app', open, open, ids),
        aclBody(vpc, 'public', 'public', publicIngress(vpc, isWide), publicEgress(vpc), ids),
        aclBody(vpc, 'data', 'data', dataIngress(vpc, isWide), dataEgress(vpc, isWide), ids),
      ];
    }),
  };
}

function publicIngress(vpc: VpcPlan, isWide: boolean): Line[] {
  return [
    { action: 'deny', protocol: 'all', cidr: '203.0.113.128/27' },
    { action: 'deny', protocol: 'tcp', cidr: ANYWHERE, ports: [3_389, 3_389] },
    { action: 'allow', protocol: 'tcp', cidr: ANYWHERE, ports: [80, 80] },
    { action: 'allow', protocol: 'tcp', cidr: ANYWHERE, ports: [443, 443] },
    { action: 'allow', protocol: 'tcp', cidr: '198.51.100.0/25', ports: [22, 22] },
    { action: 'allow', protocol: 'tcp', cidr: ANYWHERE, ports: EPHEMERAL },
    { action: 'allow', protocol: 'udp', cidr: ANYWHERE, ports: EPHEMERAL },
    { action: 'allow', protocol: 'all', cidr: blockText(vpc.base, 16) },
    ...(isWide ? [{ action: 'allow', protocol: 'all', cidr: '10.0.0.0/8' } as const] : []),
    { action: 'allow', protocol: 'icmp', cidr: ANYWHERE },
  ];
}

function publicEgress(vpc: VpcPlan): Line[] {
  return [
    { action: 'deny', protocol: 'tcp', cidr: ANYWHERE, ports: [25, 25] },
    { action: 'allow', protocol: 'all', cidr: blockText(vpc.base, 16) },
    { action: 'allow', protocol: 'tcp', cidr: ANYWHERE, ports: [80, 80] },
    { action: 'allow', protocol: 'tcp', cidr: ANYWHERE, ports: [443, 443] },
    { action: 'allow', protocol: 'tcp', cidr: ANYWHERE, ports: EPHEMERAL },
    { action: 'allow', protocol: 'udp', cidr: ANYWHERE },
    { action: 'allow', protocol: 'icmp', cidr: ANYWHERE },
  ];
}

/** A tier's subnets fill a /18. */
function dataIngress(vpc: VpcPlan, isWide: boolean): Line[] {
  const publicTier = blockText(vpc.base, 18);
  const appTier = blockText(vpc.base + 4 * 4_096, 18);
  const own = blockText(vpc.base, 16);
  return [
    { action: 'deny', protocol: 'tcp', cidr: publicTier, ports: [0, 1_023] },
    { action: 'deny', protocol: 'tcp', cidr: publicTier, ports: [3_306, 6_379] },
    { action: 'allow', protocol: 'tcp', cidr: appTier, ports: [22, 22] },
    { action: 'allow', protocol: 'tcp', cidr: own, ports: [3_306, 3_306] },
    { action: 'allow', protocol: 'tcp', cidr: own, ports: [5_432, 5_432] },
    { action: 'allow', protocol: 'tcp', cidr: own, ports: [6_379, 6_379] },
    { action: 'allow', protocol: 'tcp', cidr: own, ports: EPHEMERAL },
    ...(isWide ? [{ action: 'allow', protocol: 'tcp', cidr: '10.0.0.0/8', ports: EPHEMERAL } as const] : []),
    { action: 'allow', protocol: 'icmp', cidr: own },
  ];
}

function dataEgress(vpc: VpcPlan, isWide: boolean): Line[] {
  return [
    { action: 'allow', protocol: 'tcp', cidr: blockText(vpc.base, 16) },
    { action: 'allow', protocol: 'udp', cidr: blockText(vpc.base, 16), ports: [53, 53] },
    { action: 'allow', protocol: 'tcp', cidr: ANYWHERE, ports: [443, 443] },
    ...(isWide ? [{ action: 'allow', protocol: 'tcp', cidr: '10.0.0.0/8', ports: EPHEMERAL } as const] : []),
  ];
}

function aclBody(
  vpc: VpcPlan,
  name: string,
  tier: Tier | undefined,
  ingress: readonly Line[],
  egress: readonly Line[],
  ids: Ids,
) {
  const id = ids.next('acl');
  const subnets = vpc.subnets.filter((subnet) => tier === undefined || subnet.tier === tier);
  return {
    Associations: subnets.map((subnet) => ({
      NetworkAclAssociationId: ids.next('aclassoc'),
      NetworkAclId: id,
      SubnetId: subnet.id,
    })),
    Entries: [...entries(egress, true), ...entries(ingress, false)],
    IsDefault: name === 'default',
    NetworkAclId: id,
    Tags: nameTag(`${vpc.name}-${name}`),
    VpcId: vpc.id,
    OwnerId: ACCOUNT,
  };
}

function entries(lines: readonly Line[], isEgress: boolean) {
  const last: Line = { action: 'deny', protocol: 'all', cidr: `${addressText(0)}/0` };
  return [...lines, last].map((line, i) => ({
    CidrBlock: line.cidr,
    Egress: isEgress,
    ...(line.protocol === 'icmp' ? { IcmpTypeCode: { Code: -1, Type: -1 } } : {}),
    ...portRange(line),
    Protocol: PROTOCOL_NUMBERS[line.protocol],
    RuleAction: line.action,
    RuleNumber: line === last ? LAST_RULE : 100 + i * 10,
  }));
}

/** A TCP or UDP line without ports means all of them, which AWS writes as 0 to 65535. */
function portRange({ protocol, ports }: Line) {
  if (protocol !== 'tcp' && protocol !== 'udp') return {};
  const [from, to] = ports ?? [0, 65_535];
  return { PortRange: { From: from, To: to } };
}
