import { deploymentOf } from '../../../../lib/app/desk/deployment.ts';
import type { AccountFacts, DoctorFacts, HubFacts, Trail } from '../../../../lib/app/doctor/facts.ts';
import { notTold, told } from '../../../../lib/app/doctor/told.ts';

export const ACCOUNT = '111122223333';
export const NOW = new Date('2026-03-01T12:00:00Z');
export const DENIED = notTold('events:ListRules: AccessDenied', { remedy: 'Grant it' });
export const DEPLOYMENT = deploymentOf({
  stage: 'prod',
  account: ACCOUNT,
  region: 'eu-west-1',
  partition: 'aws',
});

export const rules = (prefix: string, ...ends: readonly string[]) =>
  ends.map((end) => ({ name: `${prefix}-${end}`, isEnabled: true }));

export const ALL_WRITES = { basic: [], advanced: [] };

export function trail(changes: Partial<Trail> = {}): Trail {
  return {
    arn: `arn:aws:cloudtrail:eu-west-1:${ACCOUNT}:trail/audit`,
    homeRegion: 'eu-west-1',
    isMultiRegion: true,
    isOrganization: false,
    isLogging: told(true),
    selectors: told(ALL_WRITES),
    ...changes,
  };
}

export const HUB: HubFacts = {
  busRules: told(rules('postern-prod-hub', 'ec2', 'services', 'tampering', 'heartbeat')),
  topic: told({ confirmed: 1, pending: 0 }),
  heartbeats: told(new Map([[`${ACCOUNT}/us-east-1`, '2026-03-01T02:00:00.000Z']])),
  lastReads: told(
    new Map(['eu-west-1', 'us-east-1'].map((region) => [`${ACCOUNT}/${region}`, '2026-03-01T11:30:00.000Z'])),
  ),
};

export const OWN: AccountFacts = {
  account: ACCOUNT,
  entry: told('own'),
  reads: told([{ call: 'DescribeVpcs', action: 'ec2:DescribeVpcs', outcome: 'allowed' }]),
  regions: told([
    {
      region: 'eu-west-1',
      trails: told([trail()]),
      rules: told(rules('postern-prod', 'ec2', 'services', 'tampering')),
    },
    {
      region: 'us-east-1',
      trails: told([trail()]),
      rules: told(rules('postern-prod-forward', 'ec2', 'services', 'tampering', 'heartbeat')),
    },
  ]),
};

/** An account in which nothing is missing, but for what is given. */
export function facts({
  hub = {},
  accounts = [OWN],
}: {
  readonly hub?: Partial<HubFacts>;
  readonly accounts?: readonly AccountFacts[];
} = {}): DoctorFacts {
  return { deployment: DEPLOYMENT, now: NOW, hub: { ...HUB, ...hub }, accounts: told(accounts) };
}
