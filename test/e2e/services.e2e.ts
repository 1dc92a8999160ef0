import { afterAll, beforeAll, expect, it } from 'vitest';
import { credentialsFor, formatSnapshots, type AwsSnapshot } from '#sources/aws';
import { buildAccount, emptyServer, REGION } from './account.ts';
import { startFaultProxy, type FaultProxy } from './fault-proxy.ts';
import { serverEndpoint, snapshotOf } from './live.ts';
import { addServices, type Services } from './services.ts';

let proxy: FaultProxy;
let services: Services;
let snapshot: AwsSnapshot;

beforeAll(async () => {
  await emptyServer(serverEndpoint());
  proxy = await startFaultProxy(serverEndpoint());
  const shop = await buildAccount(proxy.endpoint);
  services = await addServices(shop, proxy.endpoint);
  snapshot = await snapshotOf(proxy.endpoint);
});
afterAll(async () => {
  await proxy.close();
});

it('reads gateways between networks', () => {
  expect(snapshot.DescribeNatGateways?.NatGateways?.map((x) => x.NatGatewayId)).toEqual([services.nat]);
  const peerings = snapshot.DescribeVpcPeeringConnections?.VpcPeeringConnections ?? [];
  expect(peerings.map((x) => [x.VpcPeeringConnectionId, x.Status?.Code])).toEqual([
    [services.peering, 'active'],
  ]);
  expect(snapshot.SearchTransitGatewayRoutes?.[services.transitRouteTable]?.Routes).toContainEqual(
    expect.objectContaining({ DestinationCidrBlock: '10.40.0.0/16', Type: 'static', State: 'active' }),
  );
});

it('reads the load balancers to their targets', () => {
  const listeners = snapshot.DescribeListeners?.Listeners ?? [];
  const shop = listeners.filter((x) => x.LoadBalancerArn === services.loadBalancer);
  expect(shop.map((x) => [x.ListenerArn, x.Port])).toEqual([[services.listener, 80]]);
  const targets = snapshot.DescribeTargetHealth?.[services.targetGroup]?.TargetHealthDescriptions;
  expect(targets?.map((x) => x.Target?.Port)).toEqual([8080]);
  // by HTTP the client's address is never kept, so that only the other group is asked
  expect(Object.keys(snapshot.DescribeTargetGroupAttributes ?? {})).toEqual([services.streamGroup]);
});

it('reads the rules of the one listener that may hand on to more than its own group', () => {
  expect(Object.keys(snapshot.DescribeRules ?? {})).toEqual([services.listener]);
  const rules = snapshot.DescribeRules?.[services.listener]?.Rules ?? [];
  expect(rules.filter((x) => x.IsDefault !== true).map((x) => x.RuleArn)).toEqual([services.rule]);
});

it('reads classic load balancers apart from the newer ones', () => {
  const classic = snapshot['ElasticLoadBalancing.DescribeLoadBalancers']?.LoadBalancerDescriptions ?? [];
  expect(
    classic.map((x) => [
      x.LoadBalancerName,
      x.ListenerDescriptions?.map(({ Listener }) => [Listener?.LoadBalancerPort, Listener?.InstancePort]),
      x.Instances?.length,
    ]),
  ).toEqual([[services.classic, [[80, 8080]], 1]]);
  const newer = snapshot.DescribeLoadBalancers?.LoadBalancers ?? [];
  expect(newer.map((x) => x.LoadBalancerName).toSorted()).toEqual(['shop', 'stream']);
});

it('reads what is offered to other accounts by PrivateLink', () => {
  const offered = snapshot.DescribeVpcEndpointServiceConfigurations?.ServiceConfigurations ?? [];
  expect(offered.map((x) => [x.ServiceId, x.NetworkLoadBalancerArns?.length])).toEqual([
    [services.endpointService, 1],
  ]);
});

it('reads the database, without what its password is', () => {
  const databases = snapshot.DescribeDBInstances?.DBInstances ?? [];
  expect(databases.map((x) => [x.DBInstanceIdentifier, x.Endpoint?.Port])).toEqual([
    [services.database, 5432],
  ]);
  expect(formatSnapshots([snapshot])).not.toContain('a-password-of-a-test');
});

it('reads the VPN connection and drops its keys, which the server did send', async () => {
  const connections = snapshot.DescribeVpnConnections?.VpnConnections ?? [];
  expect(connections.map((x) => x.VpnConnectionId)).toEqual([services.vpn]);
  expect(await rawAnswer('DescribeVpnConnections')).toMatch(/pre_shared_key/);
  expect(formatSnapshots([snapshot])).not.toMatch(
    /pre_shared_key|CustomerGatewayConfiguration|PreSharedKey/i,
  );
});

it('reads another account through a role in it', async () => {
  const credentials = credentialsFor({
    region: REGION,
    roleArn: 'arn:aws:iam::111122223333:role/postern-reader',
    externalId: 'an-external-id',
    endpoint: proxy.endpoint,
  });
  const other = await snapshotOf(proxy.endpoint, { account: '111122223333', credentials });
  expect(other._meta.account).toBe('111122223333');
  expect(other.DescribeNatGateways?.NatGateways).toEqual([]);
  expect(proxy.asked('AssumeRole')).toBe(1);
});

/** What the server sends, as it is on the wire. */
async function rawAnswer(operation: string): Promise<string> {
  const signer = `AWS4-HMAC-SHA256 Credential=testing/20260101/${REGION}/ec2/aws4_request, SignedHeaders=host, Signature=0`;
  const answer = await fetch(serverEndpoint(), {
    method: 'POST',
    headers: { authorization: signer, 'content-type': 'application/x-www-form-urlencoded' },
    body: `Action=${operation}&Version=2016-11-15`,
  });
  return answer.text();
}
