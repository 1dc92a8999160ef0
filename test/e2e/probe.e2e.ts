import { expect, it } from 'vitest';
import { collect } from '#sources/aws';
import { startFaultProxy } from './fault-proxy.ts';

it('probe', async () => {
  const proxy = await startFaultProxy(process.env['POSTERN_E2E_SERVER'] ?? '');
  for (const [op, f] of [
    ['x', undefined],
    ['DescribeVpcs', { kind: 'half-xml' }],
    ['DescribeVpcs', { kind: 'foreign-page' }],
    ['DescribeVpcs', { kind: 'cut' }],
    ['DescribeVpcs', { kind: 'empty-page', times: 1 }],
    ['DescribeVpcs', { kind: 'endless-pages' }],
    ['DescribeVpcs', { kind: 'throttle', times: 2 }],
    ['DescribeVpcs', { kind: 'throttle' }],
    ['DescribeVpcs', { kind: 'server-error' }],
    ['DescribeVpcs', { kind: 'deny' }],
    ['DescribeLoadBalancers', { kind: 'deny' }],
    ['DescribeDBInstances', { kind: 'throttle' }],
    ['DescribeVpcs', { kind: 'delay', ms: 9000 }],
    ['GetCallerIdentity', { kind: 'deny' }],
  ] as const) {
    proxy.clear();
    if (f) proxy.fault(op, f);
    const t = performance.now();
    const s = await collect({
      region: 'eu-west-1',
      endpoint: proxy.endpoint,
      clock: () => new Date(),
      concurrency: 8,
      deadlineMs: 8000,
      maxAttempts: 3,
    });
    console.log(
      op,
      JSON.stringify(f),
      Math.round(performance.now() - t),
      s._meta.account,
      s._meta.blindSpots.map((b) => `${b.call} ${b.code} ${b.error}`),
      s.DescribeVpcs?.Vpcs?.length,
      proxy.asked(op),
    );
    if (!f) console.log(Object.keys(s));
  }
  await proxy.close();
  expect(1).toBe(1);
});
