import type { AwsSnapshot } from '../resources/index.ts';
import { objectsOf, textOf, type Members } from './members.ts';
import { shellWord } from './shell-word.ts';
import type { Step, Steps } from './step.ts';

/** What a route is for, and its option. */
const DESTINATIONS = [
  ['DestinationCidrBlock', '--destination-cidr-block'],
  ['DestinationIpv6CidrBlock', '--destination-ipv6-cidr-block'],
  ['DestinationPrefixListId', '--destination-prefix-list-id'],
] as const;

/** Where a route leads, and its option; an instance's route names its interface as well, which says more. */
const TARGETS = [
  ['NatGatewayId', '--nat-gateway-id'],
  ['EgressOnlyInternetGatewayId', '--egress-only-internet-gateway-id'],
  ['VpcPeeringConnectionId', '--vpc-peering-connection-id'],
  ['TransitGatewayId', '--transit-gateway-id'],
  ['NetworkInterfaceId', '--network-interface-id'],
  ['InstanceId', '--instance-id'],
  ['LocalGatewayId', '--local-gateway-id'],
  ['CarrierGatewayId', '--carrier-gateway-id'],
  ['CoreNetworkArn', '--core-network-arn'],
  ['OdbNetworkArn', '--odb-network-arn'],
] as const;

type Route = { readonly table: string; readonly destination: string; readonly members: Members };

/** The way back for the routes that people make, of the route tables that are in both reads. */
export function routeSteps(before: AwsSnapshot, after: AwsSnapshot): Steps {
  const old = routesOf(before);
  const either: Step[] = [];
  for (const [table, is] of routesOf(after)) {
    const was = old.get(table);
    if (was === undefined) continue;
    for (const destination of new Set([...was.keys(), ...is.keys()])) {
      const route = was.get(destination);
      const command = commandFor(route, is.get(destination), after._meta.region);
      if (command === undefined) continue;
      either.push({ command, apply: (snapshot) => withRoute(snapshot, table, destination, route) });
    }
  }
  return { shutting: [], opening: [], either };
}

function routesOf(snapshot: AwsSnapshot): Map<string, Map<string, Route>> {
  const tables = new Map<string, Map<string, Route>>();
  for (const table of objectsOf(snapshot.DescribeRouteTables?.RouteTables)) {
    const id = textOf(table, 'RouteTableId');
    if (id === undefined || !Array.isArray(table['Routes'])) continue;
    const routes = objectsOf(table['Routes']).flatMap((members): Route[] => {
      const destination = destinationOf(members);
      return destination === undefined || !isMade(members) ? [] : [{ table: id, destination, members }];
    });
    tables.set(id, new Map(routes.map((route) => [route.destination, route])));
  }
  return tables;
}

/** Propagated routes come and go with a gateway, and those of gateway endpoints with the endpoint: no route command touches them. */
function isMade(members: Members): boolean {
  const isEndpoint = textOf(members, 'GatewayId')?.startsWith('vpce-') === true;
  return (
    members['Origin'] !== 'EnableVgwRoutePropagation' &&
    !(isEndpoint && textOf(members, 'DestinationPrefixListId') !== undefined)
  );
}

function destinationOf(members: Members): string | undefined {
  for (const [member, option] of DESTINATIONS) {
    const text = textOf(members, member);
    if (text !== undefined) return `${option} ${shellWord(text)}`;
  }
  return undefined;
}

/**
 * https://docs.aws.amazon.com/cli/latest/reference/ec2/create-route.html,
 * https://docs.aws.amazon.com/cli/latest/reference/ec2/replace-route.html
 */
function targetOf(members: Members): string | undefined {
  const gateway = textOf(members, 'GatewayId');
  if (gateway === 'local') return '--local-target';
  if (gateway !== undefined)
    return `${gateway.startsWith('vpce-') ? '--vpc-endpoint-id' : '--gateway-id'} ${shellWord(gateway)}`;
  for (const [member, option] of TARGETS) {
    const text = textOf(members, member);
    if (text !== undefined) return `${option} ${shellWord(text)}`;
  }
  return undefined;
}

function commandFor(was: Route | undefined, is: Route | undefined, region: string): string | undefined {
  const target = was && targetOf(was.members);
  const named = was ?? is;
  if (named === undefined || (was !== undefined && target === undefined)) return undefined;
  if (is !== undefined && target === targetOf(is.members)) return undefined;
  // the local route can be given back to a block, but not made
  if (is === undefined && target === '--local-target') return undefined;
  const verb = was === undefined ? 'delete' : is === undefined ? 'create' : 'replace';
  return [
    `aws ec2 ${verb}-route`,
    `--region ${shellWord(region)}`,
    `--route-table-id ${shellWord(named.table)}`,
    named.destination,
    ...(target === undefined ? [] : [target]),
  ].join(' ');
}

/** A snapshot with another route, or none, to this destination. */
function withRoute(
  snapshot: AwsSnapshot,
  table: string,
  destination: string,
  route: Route | undefined,
): AwsSnapshot {
  const { DescribeRouteTables: described } = snapshot;
  const isThere = (members: Members): boolean => isMade(members) && destinationOf(members) === destination;
  return {
    ...snapshot,
    DescribeRouteTables: {
      ...described,
      RouteTables: objectsOf(described?.RouteTables).map((each) =>
        textOf(each, 'RouteTableId') !== table
          ? each
          : {
              ...each,
              Routes: [
                ...objectsOf(each['Routes']).filter((members) => !isThere(members)),
                ...(route === undefined ? [] : [route.members]),
              ],
            },
      ),
    },
  };
}
