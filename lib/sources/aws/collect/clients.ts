import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { RDSClient } from '@aws-sdk/client-rds';
import { STSClient, type STSClientConfig } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';

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

export type Clients = {
  readonly ec2: EC2Client;
  readonly elbv2: ElasticLoadBalancingV2Client;
  readonly rds: RDSClient;
  readonly sts: STSClient;
  /** Closes the connections. */
  readonly destroy: () => void;
};

/** Enough for EC2's token buckets to refill between the last attempts, whose waits grow to 20 s. */
const MAX_ATTEMPTS = 8;
const CONNECTION_TIMEOUT_MS = 5_000;
/** Of one request, not of a call: EC2 takes long over its largest pages. */
const REQUEST_TIMEOUT_MS = 30_000;

/**
 * `adaptive` lowers the rate of a client's requests once AWS throttles one of them, so that parallel calls do not keep
 * each other throttled. https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
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
    ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
  };
  const clients = {
    ec2: new EC2Client(config),
    elbv2: new ElasticLoadBalancingV2Client(config),
    rds: new RDSClient(config),
    sts: new STSClient(config),
  };
  return {
    ...clients,
    destroy: () => {
      for (const client of Object.values(clients)) client.destroy();
      requestHandler.destroy();
    },
  };
}
