import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { collect, credentialsFor, type AwsSnapshot, type CollectOptions } from '#sources/aws';
import { startFaultProxy, type Fault, type FaultProxy } from '../../../e2e/fault-proxy.ts';
import { startFakeServer, type FakeServer } from './fake-server.ts';

/** The SDK itself over a real connection, since what it tries again is not seen by a mock of its clients. */

let server: FakeServer;
let proxy: FaultProxy;
beforeAll(async () => {
  server = await startFakeServer();
  proxy = await startFaultProxy(server.endpoint);
});
afterAll(async () => {
  await proxy.close();
  await server.close();
});
beforeEach(() => {
  proxy.clear();
});
afterEach(() => {
  vi.unstubAllEnvs();
});

function read(options: Partial<CollectOptions> = {}): Promise<AwsSnapshot> {
  return collect({
    region: 'eu-west-1',
    endpoint: proxy.endpoint,
    credentials: { accessKeyId: 'AKIAOFTHECALLER', secretAccessKey: 's' },
    clock: () => new Date(0),
    concurrency: 8,
    deadlineMs: 20_000,
    maxAttempts: 3,
    ...options,
  });
}

describe('a request that fails', () => {
  it.each<[string, Fault, number]>([
    ['by throttling', { kind: 'throttle', times: 1 }, 2],
    ['by a lost connection', { kind: 'cut', times: 2 }, 3],
    ['by an error of the server', { kind: 'server-error', times: 2 }, 3],
  ])('%s is made again until it works', async (_, fault, times) => {
    proxy.fault('DescribeSubnets', fault);
    const snapshot = await read();
    expect(snapshot._meta.blindSpots).toEqual([]);
    expect(snapshot.DescribeSubnets).toEqual({ Subnets: [] });
    expect(proxy.asked('DescribeSubnets')).toBe(times);
  });

  it.each<[string, Fault, number, string]>([
    ['by throttling', { kind: 'throttle' }, 2, 'throttled'],
    ['by a lost connection', { kind: 'cut' }, 2, 'cut'],
    ['by an error of the server', { kind: 'server-error' }, 2, 'failed'],
    ['because it may not', { kind: 'deny' }, 1, 'denied'],
    ['by half an answer', { kind: 'half-xml' }, 1, 'malformed'],
    ["by somebody else's page", { kind: 'foreign-page' }, 1, 'malformed'],
  ])('%s is given up after the attempts allowed', async (_, fault, times, code) => {
    proxy.fault('DescribeSubnets', fault);
    const { _meta } = await read({ maxAttempts: 2 });
    expect(_meta.blindSpots).toMatchObject([{ call: 'DescribeSubnets', code }]);
    expect(proxy.asked('DescribeSubnets')).toBe(times);
  });

  it('slows down no other call: EC2 throttles each action by itself', async () => {
    proxy.fault('DescribeSubnets', { kind: 'throttle' });
    const { _meta } = await read({ deadlineMs: 1_000, maxAttempts: 10 });
    expect(_meta.blindSpots.map(({ call, code }) => [call, code])).toEqual([
      ['DescribeSubnets', 'timed-out'],
    ]);
  });

  it('is waited for no longer than the deadline, also between two attempts', async () => {
    proxy.fault('GetCallerIdentity', { kind: 'throttle' });
    const begun = performance.now();
    const { _meta } = await read({ deadlineMs: 300, maxAttempts: 10 });
    expect(performance.now() - begun).toBeLessThan(3_000);
    // on a busy machine other calls may not be answered by then either
    expect(_meta.blindSpots).toContainEqual(
      expect.objectContaining({ call: 'GetCallerIdentity', code: 'timed-out' }),
    );
  });
});

describe('credentials', () => {
  it('of the caller sign every request', async () => {
    await read();
    expect(server.asked('DescribeVpcs').at(-1)?.get('signedBy')).toBe('AKIAOFTHECALLER');
  });

  it('of a role are asked for once, with what its trust policy wants, and sign every request', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAOFTHEENVIRONMENT');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 's');
    const roleArn = 'arn:aws:iam::444455556666:role/postern-reader';
    const credentials = credentialsFor({
      region: 'eu-west-1',
      roleArn,
      externalId: 'shop',
      endpoint: server.endpoint,
    });
    const { _meta } = await read({ credentials });
    expect(_meta.blindSpots).toEqual([]);
    const [assumed, ...more] = server.asked('AssumeRole');
    expect(more).toEqual([]);
    expect(Object.fromEntries(assumed ?? [])).toMatchObject({
      RoleArn: roleArn,
      RoleSessionName: 'postern',
      ExternalId: 'shop',
      DurationSeconds: '3600',
      signedBy: 'AKIAOFTHEENVIRONMENT',
    });
    for (const call of [
      'GetCallerIdentity',
      'DescribeVpcs',
      'DescribeLoadBalancers',
      'DescribeDBInstances',
    ]) {
      expect(server.asked(call).at(-1)?.get('signedBy')).toBe('ASIAOFTHEROLE');
    }
  });

  it('that are not there make every call a blind spot, with what to do', async () => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE'])
      vi.stubEnv(name, undefined);
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
    const { _meta, ...responses } = await read({ credentials: credentialsFor({ region: 'eu-west-1' }) });
    expect(responses).toEqual({});
    expect(new Set(_meta.blindSpots.map(({ code, remedy }) => `${code}: ${remedy}`))).toEqual(
      new Set(['denied: Renew the credentials and read again.']),
    );
  });
});
