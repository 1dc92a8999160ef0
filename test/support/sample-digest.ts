import type { Digest, DigestFinding, DigestPart } from '#report';

const UNTIL = '2026-03-02T07:00:00.000Z';

/** A finding that opened on the Saturday before, unless it is said otherwise. */
export function sampleFinding(more: Partial<DigestFinding> = {}): DigestFinding {
  return {
    fingerprint: 'f772-8638',
    check: 'admin-port-exposed',
    severity: 'critical',
    certainty: 'surely',
    isConfirmed: true,
    title: 'SSH on bastion is open to the whole internet',
    workload: { id: 'i-0f950b83847317881', name: 'bastion' },
    account: '111122223333',
    accountName: 'shop',
    region: 'eu-west-1',
    team: 'platform',
    openedAt: '2026-02-28T21:04:00.000Z',
    controls: [{ framework: 'cis-aws-7.0', id: '6.3', isOurs: false }],
    path: [],
    leadsTo: [],
    ...more,
  };
}

export function samplePart(more: Partial<DigestPart> = {}): DigestPart {
  const open = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  return { name: 'shop', risk: 0, open, opened: 0, resolved: 0, ...more };
}

/** A quiet week, in which all was seen. */
export function sampleDigest(more: Partial<Digest> = {}): Digest {
  return {
    schema: 1,
    organisation: 'shop',
    week: '2026-W10',
    since: '2026-02-23T07:00:00.000Z',
    until: UNTIL,
    timeZone: 'Europe/Berlin',
    version: '1.0.0',
    isFirst: false,
    formula: 'postern-risk-1',
    all: samplePart({ riskBefore: 0 }),
    weeks: Array.from({ length: 12 }, (_, i) => ({
      week: `2026-W${String(i + 1).padStart(2, '0')}`,
      risk: i,
    })),
    open: [],
    opened: [],
    resolved: [],
    cameToLight: [],
    paths: [],
    ending: [],
    ended: [],
    frameworks: [],
    accounts: [],
    teams: [],
    targets: [
      {
        account: '111122223333',
        accountName: 'shop',
        region: 'eu-west-1',
        readAt: '2026-03-02T06:20:00.000Z',
        state: 'read',
        interfaces: 31,
      },
    ],
    blindSpots: [],
    first: [],
    ...more,
  };
}

/** A week of an organisation in which every list is as long as is asked, and every text the same. */
export function fullDigest(length: number, text: string): Digest {
  const findings = Array.from({ length }, (_, i) =>
    sampleFinding({
      fingerprint: `${String(i % 10_000).padStart(4, '0')}-${String(Math.floor(i / 10_000)).padStart(4, '0')}`,
      title: text,
      workload: { id: `i-${String(i)}`, name: text },
      accountName: text,
      region: text,
      team: text,
      openedAt: new Date(Date.parse(UNTIL) - i * 3_600_000).toISOString(),
      leadsTo: [text, text, text],
      path: Array.from({ length: 9 }, () => ({ from: text, to: text, flows: text })),
      accepted: { owner: text, until: '2026-04-01' },
    }),
  );
  const closed = findings.map((finding) => ({ ...finding, closedAt: UNTIL }));
  const parts = Array.from({ length }, (_, i) =>
    samplePart({ name: `${text}${String(i)}`, risk: 99, riskBefore: 1 }),
  );
  const exceptions = findings.map(() => ({
    name: text,
    owner: text,
    reason: text,
    until: '2026-03-06',
    daysLeft: 4,
    titles: [text, text],
  }));
  return sampleDigest({
    organisation: text,
    open: findings.map(({ accepted: _, ...finding }) => finding),
    opened: findings,
    resolved: closed.map((finding) => ({ ...finding, fingerprint: `x${finding.fingerprint}` })),
    cameToLight: findings,
    paths: findings,
    ending: exceptions,
    ended: exceptions.map((each) => ({ ...each, daysLeft: -3 })),
    frameworks: Array.from({ length: Math.min(length, 10) }, (_, i) => ({
      id: 'pci-dss-4.0.1',
      title: `${text}${String(i)}`,
      name: 'PCI',
      findings: length,
      controls: [{ id: '1.3.1', isOurs: true, findings: length }],
    })),
    accounts: parts,
    teams: parts,
    targets: findings.map(({ account, accountName, region }) => ({
      account,
      accountName,
      region,
      state: 'unreadable',
      why: text,
      readAt: '2026-02-01T00:00:00.000Z',
      interfaces: 1,
      report: {
        uri: `s3://bucket/reports/${account}/${region}.html`,
        url: 'https://eu-west-1.console.aws.amazon.com/s3/object/bucket?region=eu-west-1&prefix=reports',
      },
    })),
    blindSpots: findings.map((_, i) => ({
      what: `${text}${String(i)}`,
      remedy: text,
      times: 3,
      where: [text, text, text, text],
    })),
    first: findings.slice(0, 3).map((finding) => ({
      finding,
      points: 10,
      commands: [`aws ec2 revoke-security-group-ingress ${'--x '.repeat(150)}`],
      closes: `also shuts ${text} → tcp 22 → ${text}`,
      isProven: true,
    })),
  });
}
