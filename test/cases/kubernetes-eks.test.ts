import { describe, expect, it } from 'vitest';
import { run } from '../support/run-cli.ts';

const ACCOUNT = ['--snapshot', 'examples/kubernetes-eks/account.json'];
const CLUSTER = ['--kubernetes', 'examples/kubernetes-eks/cluster.yaml'];

describe('the example of a cluster on EKS', () => {
  it('is one way from the internet through load balancer and pod to the database, once both sides are read', async () => {
    const { code, out, err } = await run([
      'paths',
      'internet',
      'orders',
      '--max-hops',
      '3',
      ...ACCOUNT,
      ...CLUSTER,
    ]);
    expect([code, err]).toEqual([0, '']);
    expect(out.split('\n')[0]).toMatch(
      /^internet ─ tcp 443 ─▶ front ─ tcp 8080 ─▶ shop\/web\[ReplicaSet\] ─ tcp 5432 ─▶ \S*orders$/,
    );
  });

  it('asks policies and security groups together', async () => {
    // the policy of web lets out tcp 5432 alone, the group of the database lets in every pod of the node
    const { out } = await run(['explain', 'shop/web', 'orders', 'tcp/5432', ...ACCOUNT, ...CLUSTER]);
    expect(out).toMatch(/^allowed[\s\S]*shop\/web egress\[0\][\s\S]*sg-db\/ingress/);
    const other = await run(['explain', 'shop/web', 'shop/api', 'tcp/9000', ...ACCOUNT, ...CLUSTER]);
    expect(other.out).toMatch(/^denied/);
  });

  it('read from one side names the other as what is not seen', async () => {
    const { out } = await run(['exposure', ...CLUSTER]);
    expect(out).toContain('are in AWS, and their account was not read');
    const other = await run(['exposure', ...ACCOUNT]);
    expect(other.out).toMatch(/the Kubernetes cluster shop \(2 nodes\) was not read[\s\S]*--kubernetes live/);
    const both = await run(['exposure', ...ACCOUNT, ...CLUSTER]);
    expect(both.out).not.toMatch(/not read/);
  });
});
