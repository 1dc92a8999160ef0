import { controlsFor, type Alert } from '#findings';

/** A critical alert with every part that one can have: SSH on the demo account's bastion, opened by hand. */
export const BASTION_OPENED: Alert = {
  schema: 1,
  id: 'shop/eu-west-1/42/7c1e94ab',
  kind: 'opened',
  severity: 'critical',
  headline: 'SSH on bastion is now open to the whole internet',
  details: ['and through it, 2 steps away, shop-orders tcp 5432 and shop-redis tcp 6379'],
  place: {
    account: '111122223333',
    accountName: 'shop',
    region: 'eu-west-1',
    time: '2026-03-02T10:01:07.000Z',
  },
  path: [
    { from: 'internet', to: 'bastion', flows: 'tcp 22' },
    { from: 'bastion', to: 'api-1', flows: 'tcp 22' },
    { from: 'api-1', to: 'shop-orders', flows: 'tcp 5432' },
  ],
  before: '198.51.100.0/25 (prefix list "office")',
  after: 'the whole internet (0.0.0.0/0)',
  rules: [
    {
      id: 'sgr-0f09f7b6d875c1203',
      policy: 'sg-098e1159f30562d66',
      policyName: 'shop-bastion',
      text: 'tcp 22 from 0.0.0.0/0',
      description: '',
    },
  ],
  moreRules: 0,
  blame: [
    {
      call: 'AuthorizeSecurityGroupIngress',
      who: 'mara',
      role: 'network-admin',
      mfa: true,
      tool: 'aws-cli',
      sourceIp: '198.51.100.23',
      time: '2026-03-02T10:00:51Z',
    },
  ],
  blameIs: 'these',
  also: ['12 private hosts can now open bastion on tcp 22'],
  undo: {
    commands: [
      'aws ec2 revoke-security-group-ingress --region eu-west-1 --group-id sg-098e1159f30562d66 --security-group-rule-ids sgr-0f09f7b6d875c1203',
    ],
    isProven: true,
  },
  findings: [
    {
      fingerprint: '7c1e94ab',
      check: 'admin-port-exposed',
      severity: 'critical',
      title: 'SSH on bastion is open to the whole internet',
    },
  ],
  moreFindings: 0,
  controls: controlsFor('admin-port-exposed', ['ipv4', 'remote-admin', 'ssh', 'ssh-or-rdp', 'high-risk']),
  owner: 'platform',
  links: [
    {
      text: 'the group in the console',
      url: 'https://eu-west-1.console.aws.amazon.com/ec2/home?region=eu-west-1#SecurityGroup:groupId=sg-098e1159f30562d66',
    },
  ],
};

/** Many findings of one cause. */
export function flood(amount: number): Alert {
  const severities = ['critical', 'high', 'medium'] as const;
  const findings = Array.from({ length: amount }, (_, i) => ({
    fingerprint: i.toString(16).padStart(8, '0'),
    check: 'admin-port-exposed' as const,
    severity: severities[Math.min(2, Math.floor((3 * i) / amount))] ?? 'medium',
    title: `SSH on worker-${String(i)} is open to the whole internet`,
  }));
  return {
    ...BASTION_OPENED,
    id: 'shop/eu-west-1/43/flood',
    headline: `${amount.toLocaleString('en-US')} findings by one change`,
    details: [],
    path: [],
    blame: [
      {
        call: 'AuthorizeSecurityGroupIngress',
        who: 'ci-deploy',
        role: 'deploy',
        tool: 'Terraform',
        sourceIp: '198.51.100.40',
        time: '2026-03-02T10:00:51Z',
      },
    ],
    findings,
  };
}
