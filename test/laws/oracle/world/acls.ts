import { formatBlock } from '../address.ts';
import type { Family } from '../address.ts';
import type { AclEntry, NetworkAcl } from '../responses.ts';
import type { Dice } from './dice.ts';
import { idOf } from './ids.ts';
import type { VpcPlan } from './layout.ts';
import { pickBlock, pickNarrowBlock, pickTraffic } from './picks.ts';
import type { Material, TrafficPick } from './picks.ts';

/** The default ACL and up to two others for each VPC; each subnet has exactly one (NA7). */
export function buildAcls(dice: Dice, material: Material): NetworkAcl[] {
  return material.vpcs.flatMap((vpc, at) => {
    const own = dice.fork(vpc.id);
    const count = material.features.networkAcls && !material.openAcls ? own.pick([0, 1, 1, 2]) : 0;
    const custom = Array.from({ length: count }, (_, number) => ({
      id: idOf('acl', at * 10 + number + 1),
      entries: [
        ...customEntries(own.fork('in', number), material, vpc, false),
        ...customEntries(own.fork('out', number), material, vpc, true),
      ],
    }));
    const fallback = {
      id: idOf('acl', at * 10),
      entries: [...openEntries(vpc, false), ...openEntries(vpc, true)],
    };
    const acls = [fallback, ...custom];
    const chosen = new Map(
      vpc.subnets.map((subnet, number) => {
        const use = own.fork('use', subnet.id);
        const isLast = number > 0 && number === vpc.subnets.length - 1;
        // So that the ACL of a subnet that others only pass through decides
        if (material.apart && use.fork('apart').chance(0.8))
          return [subnet.id, isLast ? acls.at(-1) : fallback];
        return [subnet.id, use.pickAny(acls)];
      }),
    );
    return acls.map((acl) => ({
      NetworkAclId: acl.id,
      VpcId: vpc.id,
      OwnerId: vpc.target.account,
      IsDefault: acl === fallback,
      Associations: vpc.subnets
        .filter((subnet) => chosen.get(subnet.id) === acl)
        .map((subnet) => ({
          NetworkAclAssociationId: subnet.id.replace('subnet-', 'aclassoc-'),
          NetworkAclId: acl.id,
          SubnetId: subnet.id,
        })),
      // AWS promises no order
      Entries: own.fork('order', acl.id).shuffled(acl.entries),
    }));
  });
}

function openEntries(vpc: VpcPlan, egress: boolean): AclEntry[] {
  const allow = familiesOf(vpc).map((family, at) => ({
    ...anyTraffic(family, egress),
    RuleAction: 'allow',
    RuleNumber: 100 + at,
  }));
  return [...allow, ...lastEntries(vpc, egress)];
}

/** Some entries at odds with each other, often a wide allow behind them, and the deny that AWS adds. */
function customEntries(dice: Dice, material: Material, vpc: VpcPlan, egress: boolean): AclEntry[] {
  if (dice.fork('tiered').chance(0.35)) return tieredEntries(dice, material, vpc, egress);
  const count = dice.between(0, 5);
  const numbers = dice.shuffled([10, 20, 21, 99, 100, 101, 300, 32765]);
  const entries = numbers.slice(0, count).map((number) => {
    const own = dice.fork(number);
    const family = own.pick([...familiesOf(vpc), 4]);
    const isDeny = own.chance(0.4);
    const pick = isDeny && own.chance(0.7) ? pickNarrowBlock : pickBlock;
    return {
      ...entryOf(family, egress, formatBlock(pick(own, material, family)), own, material),
      RuleAction: isDeny ? 'deny' : 'allow',
      RuleNumber: number,
    };
  });
  const wide = familiesOf(vpc).flatMap((family, at) => {
    const own = dice.fork('wide', family);
    if (!own.chance(0.85)) return [];
    const entry = own.chance(0.6)
      ? anyTraffic(family, egress)
      : entryOf(family, egress, EVERYWHERE[family], own, material);
    return [{ ...entry, RuleAction: 'allow', RuleNumber: 500 + at }];
  });
  return [...entries, ...wide, ...lastEntries(vpc, egress)];
}

/** As many do it: anything within the VPC, and a few things to and from everywhere else. */
function tieredEntries(dice: Dice, material: Material, vpc: VpcPlan, egress: boolean): AclEntry[] {
  const inner = [...vpc.blocks, ...(vpc.block6 === undefined ? [] : [vpc.block6])].map((block) => ({
    ...place(block.family, formatBlock(block)),
    Egress: egress,
    Protocol: '-1',
  }));
  const outer = familiesOf(vpc).flatMap((family) =>
    Array.from({ length: dice.between(1, 3) }, (_, number) =>
      entryOf(family, egress, EVERYWHERE[family], dice.fork(family, number), material),
    ),
  );
  const allow = [...inner, ...outer].map((body, at) => ({
    ...body,
    RuleAction: 'allow',
    RuleNumber: 100 + 10 * at,
  }));
  return [...allow, ...lastEntries(vpc, egress)];
}

const EVERYWHERE: Readonly<Record<Family, string>> = { 4: '0.0.0.0/0', 6: '::/0' };

function lastEntries(vpc: VpcPlan, egress: boolean): AclEntry[] {
  return familiesOf(vpc).map((family, at) => ({
    ...anyTraffic(family, egress),
    RuleAction: 'deny',
    RuleNumber: 32767 + at,
  }));
}

function familiesOf(vpc: VpcPlan): [Family, ...Family[]] {
  return vpc.block6 === undefined ? [4] : [4, 6];
}

type Body = Omit<AclEntry, 'RuleAction' | 'RuleNumber'>;

function anyTraffic(family: Family, egress: boolean): Body {
  return { ...place(family, EVERYWHERE[family]), Egress: egress, Protocol: '-1' };
}

function entryOf(family: Family, egress: boolean, cidr: string, dice: Dice, material: Material): Body {
  const traffic = pickTraffic(dice, material.features, true);
  return { ...place(family, cidr), Egress: egress, ...headOf(traffic, dice) };
}

function place(family: Family, cidr: string) {
  return family === 4 ? { CidrBlock: cidr } : { Ipv6CidrBlock: cidr };
}

/** A range of all ports is left out by some tools, and so printed without. */
function headOf(
  { name, ports, icmp }: TrafficPick,
  dice: Dice,
): Pick<AclEntry, 'Protocol' | 'PortRange' | 'IcmpTypeCode'> {
  if (icmp !== undefined) return { Protocol: name, IcmpTypeCode: { Type: icmp[0], Code: icmp[1] } };
  if (ports === undefined || dice.fork('no ports').chance(0.05)) return { Protocol: name };
  return { Protocol: name, PortRange: { From: ports[0], To: ports[1] } };
}
