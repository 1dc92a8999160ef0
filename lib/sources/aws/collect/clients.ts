import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingClient } from '@aws-sdk/client-elastic-load-balancing';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { RDSClient } from '@aws-sdk/client-rds';
import { STSClient, type STSClientConfig } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { LiveCall } from '../resources/index.ts';

export type ClientOptions = {
  readonly region: string;
  /** Absent: what the SDK finds by itself (environment, shared files, instance role). */
  readonly credentials?: NonNullable<STSClientConfig['credentials']>;
  /** Another server than AWS's, for tests. */
  readonly endpoint?: string;
  /** How often a request is made at most, the first time included. Throttling and lost connections are tried again. */
  readonly maxAttempts?: number;
  /** Also the number of connections to one host. */
  readonly concurrency: number;
};

/** The SDK's clients of the services, made when they are first used. */
export type ServiceClients = {
  readonly ec2: EC2Client;
  readonly elb: ElasticLoadBalancingClient;
  readonly elbv2: ElasticLoadBalancingV2Client;
  readonly rds: RDSClient;
};

export type Clients = {
  readonly sts: STSClient;
  readonly of: (call: LiveCall) => ServiceClients;
  /** Closes the connections. */
  readonly destroy: () => void;
};

/** Enough for EC2's token buckets to refill between the last attempts, whose waits grow to 20 s. */
const MAX_ATTEMPTS = 8;
const CONNECTION_TIMEOUT_MS = 5_000;
/** Of one request, not of a call: EC2 takes long over its largest pages. */
const REQUEST_TIMEOUT_MS = 30_000;

/**
 * In the `adaptive` mode a client lowers the rate of its requests once one of them is throttled. EC2 throttles each action
 * by itself, so each call has a client of its own: else one busy action would slow all the others down. They share their
 * connections, and the credentials, which are asked for once.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 * https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
 */
export function makeClients(options: ClientOptions): Clients {
  const requestHandler = new NodeHttpHandler({
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    throwOnRequestTimeout: true,
    httpAgent: { keepAlive: true, maxSockets: options.concurrency },
    httpsAgent: { keepAlive: true, maxSockets: options.concurrency },
  });
  const config = {
    region: options.region,
    retryMode: 'adaptive',
    maxAttempts: options.maxAttempts ?? MAX_ATTEMPTS,
    requestHandler,
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
  };
  const sts = new STSClient({
    ...config,
    ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
  });
  const shared = { ...config, credentials: sts.config.credentials };
  const byCall = new Map<LiveCall, ServiceClients>();
  return {
    sts,
    of: (call) => {
      const known = byCall.get(call) ?? serviceClients(shared);
      byCall.set(call, known);
      return known;
    },
    destroy: () => {
      requestHandler.destroy();
    },
  };
}

type SharedConfig = {
  readonly region: string;
  readonly retryMode: string;
  readonly maxAttempts: number;
  readonly requestHandler: NodeHttpHandler;
  readonly endpoint?: string;
  readonly credentials: STSClient['config']['credentials'];
};

function serviceClients(config: SharedConfig): ServiceClients {
  let ec2: EC2Client | undefined;
  let elb: ElasticLoadBalancingClient | undefined;
  let elbv2: ElasticLoadBalancingV2Client | undefined;
  let rds: RDSClient | undefined;
  return {
    get ec2() {
      return (ec2 ??= new EC2Client(config));
    },
    get elb() {
      return (elb ??= new ElasticLoadBalancingClient(config));
    },
    get elbv2() {
      return (elbv2 ??= new ElasticLoadBalancingV2Client(config));
    },
    get rds() {
      return (rds ??= new RDSClient(config));
    },
  };
}
