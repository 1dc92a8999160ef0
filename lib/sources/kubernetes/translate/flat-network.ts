import { IpSet, parseCidr, TransportSet } from '#netset';
import { idOf, type Network, type Policy, type RouteTable, type Subnet } from '#model';
import { refOf } from './cluster-draft.ts';

export const NETWORK = idOf<'network'>('cluster network');
export const PODS = idOf<'subnet'>('pods');
export const ENTRANCES = idOf<'subnet'>('entrances');
const OUTLET = idOf<'gateway'>('nodes');
const INTERNET = idOf<'gateway'>('internet');
const OPEN = idOf<'policy'>('no list');

/**
 * Every pod reaches every other as far as policies let it, and everything outside by its node; from outside nothing comes to a pod by
 * itself, since its address means nothing there. Entrances stand beside the pods, and the internet dials them (docs/adr/0011).
 *
 * https://kubernetes.io/docs/concepts/services-networking/#the-kubernetes-network-model
 */
export function flatNetwork(
  cluster: string,
): Pick<Network, 'networks' | 'subnets' | 'routeTables' | 'gateways' | 'policies'> {
  const at = refOf(cluster, cluster, { file: cluster });
  const tableOf = (name: string, gateway: typeof OUTLET): RouteTable => ({
    id: idOf<'route-table'>(name),
    name: '',
    network: NETWORK,
    routes: ['0.0.0.0/0', '::/0'].map((text) => ({
      destination: parseCidr(text),
      target: { kind: 'gateway', gateway },
      at,
    })),
    at,
  });
  const tables = [tableOf('pods', OUTLET), tableOf('entrances', INTERNET)] as const;
  const subnetOf = (id: Subnet['id'], { id: routeTable }: RouteTable): Subnet => ({
    id,
    name: id,
    network: NETWORK,
    cidrs: IpSet.NONE,
    policy: OPEN,
    routeTable,
    isFlat: true,
    at,
  });
  const open: Policy = {
    id: OPEN,
    name: '',
    kind: 'first-match',
    isDefault: true,
    tags: new Map(),
    at,
    rules: (['ingress', 'egress'] as const).map((direction) => ({
      id: idOf<'rule'>(`no list ${direction}`),
      direction,
      action: 'allow',
      selector: { kind: 'anyone' },
      transport: TransportSet.ALL,
      description: '',
      at,
    })),
  };
  return {
    networks: new Map([
      [
        NETWORK,
        { id: NETWORK, name: cluster, account: idOf<'account'>(cluster), region: '', cidrs: IpSet.NONE, at },
      ],
    ]),
    subnets: new Map([
      [PODS, subnetOf(PODS, tables[0])],
      [ENTRANCES, subnetOf(ENTRANCES, tables[1])],
    ]),
    routeTables: new Map(tables.map((table) => [table.id, table])),
    gateways: new Map([
      [OUTLET, { kind: 'outlet', id: OUTLET, name: 'the nodes', network: NETWORK, at }],
      [INTERNET, { kind: 'internet', id: INTERNET, name: 'the internet', network: NETWORK, at }],
    ]),
    policies: new Map([[OPEN, open]]),
  };
}
