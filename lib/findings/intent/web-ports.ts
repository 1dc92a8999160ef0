import { TransportSet } from '#netset';

/** What an internet-facing load balancer is there for. */
export const MEANT_FOR_LOAD_BALANCERS = TransportSet.tcp(80).union(TransportSet.tcp(443));
