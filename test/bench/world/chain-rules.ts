import { addressText } from './address.ts';
import type { OutsideBlocks } from './blocks.ts';
import type { AppPlan, GroupPlan, PeerPlan, RulePlan, Service, VpcGroups } from './groups.ts';
import type { VpcPlan } from './layout.ts';

const ANYWHERE: PeerPlan = { kind: 'block', cidr: '0.0.0.0/0' };
const EVERYTHING: Service = { protocol: '-1' };

/** Writes the rules that make a VPC's groups work together: front to back, and operators to all. */
export function addChainRules(vpc: VpcPlan, groups: VpcGroups, outside: OutsideBlocks): void {
  addSharedRules(vpc, groups, outside);
  for (const app of groups.apps) addAppRules(vpc, app, groups);
  for (const group of groups.all) {
    if (group.isRestricted) group.egress.push(rule(udp(53), within(vpc), 'name resolution'));
    else group.egress.push(rule(EVERYTHING, ANYWHERE));
  }
}

function addSharedRules(vpc: VpcPlan, { shared }: VpcGroups, outside: OutsideBlocks): void {
  const { bastion, monitor, vpce, admin, eksnode } = shared;
  const offices: PeerPlan = { kind: 'list', list: outside.lists[0]?.id ?? '' };
  shared.default.ingress.push(rule(EVERYTHING, member(shared.default)));
  bastion.ingress.push(rule(tcp(22), offices, 'ssh from offices'));
  monitor.ingress.push(rule(tcp(9090), member(admin)), rule(EVERYTHING, member(monitor)));
  vpce.ingress.push(rule(tcp(443), within(vpc), 'service endpoints'));
  admin.ingress.push(rule(tcp(22), member(bastion)), rule(tcp(443), offices, 'console'));
  eksnode.ingress.push(
    rule(EVERYTHING, member(eksnode), 'node to node'),
    rule(tcp(10250), member(admin), 'kubelet'),
    rule(tcp(30_000, 32_767), within(vpc), 'node ports'),
  );
  for (const group of [bastion, admin, monitor, eksnode]) {
    if (group.isRestricted) group.egress.push(rule(tcp(0, 65_535), within(vpc)), rule(tcp(443), ANYWHERE));
  }
}

function addAppRules(vpc: VpcPlan, app: AppPlan, { shared }: VpcGroups): void {
  const { bastion, monitor, admin } = shared;
  const front = app.isPublic ? ANYWHERE : within(vpc);
  const databasePort = tcp(app.databasePort);
  for (const [role, group] of app.groups) {
    switch (role) {
      case 'alb':
        group.ingress.push(rule(tcp(443), front, 'https'), rule(tcp(80), front, 'http redirect'));
        reach(group, app.groups.get('web'), tcp(8080));
        break;
      case 'web':
        admit(group, app.groups.get('alb'), tcp(8080), 'from load balancer');
        group.ingress.push(rule(tcp(22), member(bastion), 'ssh'), rule(tcp(9100), member(monitor)));
        reach(group, app.groups.get('app'), tcp(app.appPort));
        break;
      case 'app':
        admit(group, app.groups.get('web'), tcp(app.appPort), 'from web');
        group.ingress.push(rule(tcp(22), member(bastion), 'ssh'), rule(tcp(9100), member(monitor)));
        reach(group, app.groups.get('db'), databasePort);
        reach(group, app.groups.get('cache'), tcp(6379));
        break;
      case 'db':
        admit(group, app.groups.get('app'), databasePort, 'from app');
        group.ingress.push(rule(databasePort, member(admin), 'operators'));
        break;
      case 'cache':
        admit(group, app.groups.get('app'), tcp(6379), 'from app');
        break;
    }
    if (group.isRestricted && role !== 'db' && role !== 'cache') {
      group.egress.push(rule(tcp(443), member(shared.vpce), 'service endpoints'));
    }
  }
}

function admit(group: GroupPlan, source: GroupPlan | undefined, service: Service, description: string): void {
  if (source !== undefined) group.ingress.push(rule(service, member(source), description));
}

function reach(group: GroupPlan, target: GroupPlan | undefined, service: Service): void {
  if (group.isRestricted && target !== undefined) group.egress.push(rule(service, member(target)));
}

function rule(service: Service, peer: PeerPlan, description?: string): RulePlan {
  return { ...service, peer, ...(description === undefined ? {} : { description }) };
}

function member(group: GroupPlan): PeerPlan {
  return { kind: 'group', group };
}

function within(vpc: VpcPlan): PeerPlan {
  return { kind: 'block', cidr: `${addressText(vpc.base)}/16` };
}

function tcp(from: number, to = from): Service {
  return { protocol: 'tcp', from, to };
}

function udp(port: number): Service {
  return { protocol: 'udp', from: port, to: port };
}
