import { describedIdentity } from './described-identity.ts';
import { MANAGED, type Identity } from './identity.ts';
import { fallbackName } from './interface-name.ts';
import type { InterfaceRecord } from './interface-records.ts';
import type { Services } from './services.ts';
import { nameTagOf } from './tags.ts';

const NO_TAGS: ReadonlyMap<string, string> = new Map();

/**
 * An interface that a service of AWS made. The type tells, and for records from before a type existed the description.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterface.html
 */
export function managedIdentity(record: InterfaceRecord, services: Services): Identity | undefined {
  return (
    natIdentity(record, services) ??
    functionIdentity(record) ??
    transitIdentity(record) ??
    endpointIdentity(record, services) ??
    loadBalancerIdentity(record) ??
    describedIdentity(record, services)
  );
}

function natIdentity(record: InterfaceRecord, services: Services): Identity | undefined {
  const id = natNamedBy(record.description) ?? services.natOfInterface(record.id);
  if (record.type !== 'nat_gateway' && id === undefined) return undefined;
  const name = (id === undefined ? undefined : services.nameOfNat(id)) ?? id ?? fallbackName(record);
  const workload = id === undefined ? undefined : { kind: 'nat-gateway', name: id };
  return { ...MANAGED, role: 'nat', name, workload, unfiltered: true, initiates: false, listens: false };
}

/** The NAT gateway that a description says an interface is for. */
export function natNamedBy(description: string): string | undefined {
  return /^Interface for NAT Gateway (\S+)/.exec(description)?.[1];
}

/** Functions open connections from here; nothing listens. */
function functionIdentity(record: InterfaceRecord): Identity | undefined {
  const described = /^AWS Lambda VPC ENI-(.+)$/.exec(record.description)?.[1];
  if (record.type !== 'lambda' && described === undefined) return undefined;
  const uuid = /-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
  const name = described?.replace(uuid, '');
  const workload = name === undefined ? undefined : { kind: 'function', name };
  return { ...MANAGED, role: 'function', name: name ?? fallbackName(record), workload, listens: false };
}

function transitIdentity(record: InterfaceRecord): Identity | undefined {
  const described = /^Network Interface for Transit Gateway Attachment (\S+)/.exec(record.description)?.[1];
  if (record.type !== 'transit_gateway' && described === undefined) return undefined;
  const workload =
    described === undefined ? undefined : { kind: 'transit-gateway-attachment', name: described };
  const name = described ?? fallbackName(record);
  return { ...MANAGED, role: 'transit', name, workload, unfiltered: true, initiates: false, listens: false };
}

/**
 * An interface endpoint, or an endpoint of a Gateway Load Balancer, which packets pass and do not end at. Whoever offers the
 * service behind it answers there, and opens no connections.
 *
 * https://docs.aws.amazon.com/AmazonVPC/latest/UserGuide/vpce-interface.html
 * https://docs.aws.amazon.com/vpc/latest/privatelink/concepts.html
 */
function endpointIdentity(record: InterfaceRecord, services: Services): Identity | undefined {
  const described = /^VPC Endpoint Interface (\S+)/.exec(record.description)?.[1];
  const id = described ?? services.endpointOfInterface(record.id);
  const isPassedThrough =
    record.type === 'gateway_load_balancer_endpoint' ||
    (id !== undefined && services.isGatewayLoadBalancerEndpoint(id));
  if (record.type !== 'vpc_endpoint' && !isPassedThrough && id === undefined) return undefined;
  const endpoint = id === undefined ? undefined : services.endpoint(id);
  const name = nameTagOf(endpoint?.tags ?? NO_TAGS) ?? endpoint?.service ?? id ?? fallbackName(record);
  const workload = id === undefined ? undefined : { kind: 'vpc-endpoint', name: id };
  const common = {
    ...MANAGED,
    role: 'service-endpoint',
    name,
    workload,
    initiates: false,
    tags: endpoint?.tags ?? NO_TAGS,
  } as const;
  return isPassedThrough ? { ...common, unfiltered: true, listens: false } : common;
}

/**
 * A load balancer, by the end of its ARN (`app/shop-alb/50dc…`); a classic one by its name. A Network Load Balancer made
 * without groups is open to all who can route to it, and a Gateway Load Balancer never has any.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
 */
function loadBalancerIdentity(record: InterfaceRecord): Identity | undefined {
  const described = /^ELB (\S+)/.exec(record.description)?.[1];
  const isByType = /^(?:network_load_balancer|load_balancer|gateway_load_balancer)$/.test(record.type);
  if (!isByType && described === undefined && record.place.raw('RequesterId') !== 'amazon-elb')
    return undefined;
  const [kind, name] = described?.includes('/') === true ? described.split('/') : ['classic', described];
  const isGateway = record.type === 'gateway_load_balancer' || kind === 'gwy';
  const isNetwork = record.type === 'network_load_balancer' || kind === 'net';
  return {
    ...MANAGED,
    role: 'load-balancer',
    name: name ?? fallbackName(record),
    workload: described === undefined ? undefined : { kind: 'load-balancer', name: described },
    unfiltered: isGateway || (isNetwork && record.groups.length === 0 && record.moreGroups === undefined),
  };
}
