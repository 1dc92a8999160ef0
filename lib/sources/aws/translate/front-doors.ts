import type { Draft } from './draft.ts';
import type { InterfaceRecord } from './interface-records.ts';
import { serviceRowOf } from './tabled-identity.ts';

/**
 * One blind spot for each network and kind of way in that neither routes nor public addresses show. It is told of where an interface of the
 * kind is there, and nowhere else.
 */
export function noteFrontDoors(draft: Draft, interfaces: readonly InterfaceRecord[]): void {
  for (const record of interfaces) {
    const row = serviceRowOf(record);
    if (row?.hides === undefined) continue;
    draft.blindSpots.note(`gateway-not-modelled:${row.prefix}:${record.network}`, {
      code: 'gateway-not-modelled',
      effect: 'hides-ways',
      what: `${row.hides.replace('NETWORK', record.network)} is not followed`,
      remedy: row.remedy ?? '',
      at: record.place.ref(record.id),
    });
  }
}

/** Only what holds nothing that a shell would act on is put into a command. */
const SERVICE_ID = /^vpce-svc-[0-9a-z]+$/;

const GONE = /^(?:deleting|deleted|failed)$/i;

/**
 * One blind spot for each service that is offered to other accounts by PrivateLink: whoever may connect reaches the load balancer behind it,
 * which no route shows.
 *
 * https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-share-your-services.html
 */
export function noteEndpointServices(draft: Draft): void {
  for (const target of draft.targets) {
    const call = 'DescribeVpcEndpointServiceConfigurations';
    if (!target.has(call)) continue;
    for (const { id, place } of target.items(call)) {
      const balancers = place.items('NetworkLoadBalancerArns').map(({ value }) => nameOf(value));
      if (balancers.length === 0 || GONE.test(place.words('ServiceState'))) continue;
      draft.blindSpots.note(`gateway-not-modelled:endpoint-service:${id}`, {
        code: 'gateway-not-modelled',
        effect: 'hides-ways',
        what: `who reaches ${balancers.join(' and ')} from other accounts by the endpoint service ${id} is not followed`,
        remedy: SERVICE_ID.test(id)
          ? `See who is connected: aws ec2 describe-vpc-endpoint-connections --filters Name=service-id,Values=${id}`
          : '',
        at: place.ref(id),
      });
    }
  }
}

/** `fast` of `arn:…:loadbalancer/net/fast/50dc…`. */
function nameOf(arn: unknown): string {
  if (typeof arn !== 'string') return 'a load balancer';
  return /loadbalancer\/[a-z]+\/([^/]+)/.exec(arn)?.[1] ?? arn;
}
