/** A framework in one version, and where it is read. */
export type Framework = {
  readonly title: string;
  /** What alerts call it: `CIS 7.0`. */
  readonly short: string;
  readonly version: string;
  readonly url: string;
  /** When this version was published: a year and month where the publisher names no day. */
  readonly date: string;
  /** The form of its controls' ids. */
  readonly form: RegExp;
};

const CIS = {
  title: 'CIS Amazon Web Services Foundations Benchmark',
  url: 'https://www.cisecurity.org/benchmark/amazon_web_services',
  form: /^\d{1,2}(\.\d{1,2}){1,2}$/,
} as const;

/** Newest first within one family: alerts name the newest. */
const KNOWN = {
  'cis-aws-7.0': { ...CIS, short: 'CIS 7.0', version: '7.0.0', date: '2026' },
  'cis-aws-5.0': { ...CIS, short: 'CIS 5.0', version: '5.0.0', date: '2025-03' },
  'cis-aws-3.0': { ...CIS, short: 'CIS 3.0', version: '3.0.0', date: '2024-01' },
  'cis-aws-1.4': { ...CIS, short: 'CIS 1.4', version: '1.4.0', date: '2021-05' },
  'pci-dss-4.0.1': {
    title: 'Payment Card Industry Data Security Standard',
    short: 'PCI',
    version: '4.0.1',
    url: 'https://www.pcisecuritystandards.org/document_library/',
    date: '2024-06',
    form: /^(A\d\.\d|\d{1,2}\.\d{1,2})(\.\d{1,2})?$/,
  },
  'nist-800-53-r5': {
    title: 'NIST SP 800-53, Security and Privacy Controls',
    short: 'NIST',
    version: 'Revision 5',
    url: 'https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final',
    date: '2020-12',
    form: /^[A-Z]{2}-\d{1,2}[a-z]?(\(\d{1,2}\)(\([a-z]\))?)?$/,
  },
  'soc2-2017': {
    title: 'SOC 2, Trust Services Criteria',
    short: 'SOC 2',
    version: '2017 (points of focus of 2022)',
    url: 'https://www.aicpa-cima.com/resources/download/2017-trust-services-criteria-with-revised-points-of-focus-2022',
    date: '2022',
    form: /^CC\d\.\d$/,
  },
  'iso-27001-2022': {
    title: 'ISO/IEC 27001, Annex A',
    short: 'ISO 27001',
    version: '2022',
    url: 'https://www.iso.org/standard/27001',
    date: '2022-10',
    form: /^A\.[5-8]\.\d{1,2}$/,
  },
  // Which of Security Hub's standards holds a control changes over time, so these are "Security Hub controls", of no standard.
  'aws-security-hub': {
    title: 'AWS Security Hub control',
    short: 'Security Hub',
    version: 'controls reference as of 2026-08',
    url: 'https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-controls-reference.html',
    date: '2026-08',
    form: /^[A-Z][A-Za-z0-9]+\.\d{1,3}$/,
  },
  // 19 revoked T1562 and its kind: T1562.007 is T1686.001 now, T1562.008 is T1685.002.
  // https://attack.mitre.org/resources/updates/updates-april-2026/
  'mitre-attack': {
    title: 'MITRE ATT&CK, Enterprise',
    short: 'ATT&CK',
    version: '19.2',
    url: 'https://attack.mitre.org/versions/v19/',
    date: '2026-08',
    form: /^T\d{4}(\.\d{3})?$/,
  },
} as const satisfies Readonly<Record<string, Framework>>;

export type FrameworkId = keyof typeof KNOWN;

export const FRAMEWORKS: Readonly<Record<FrameworkId, Framework>> = KNOWN;

/** In the order in which reports name them. */
export const FRAMEWORK_IDS = Object.keys(KNOWN) as readonly FrameworkId[];
