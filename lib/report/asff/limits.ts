import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';

/**
 * What Security Hub takes of a finding. It refuses what breaks one of these, and a refused finding is one that nobody sees.
 *
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html
 * https://docs.aws.amazon.com/securityhub/latest/userguide/asff-required-attributes.html
 */
export const ASFF_LIMITS = {
  title: 256,
  description: 1_024,
  id: 512,
  recommendation: 512,
  types: 50,
  resources: 32,
  resourceId: 512,
  requirements: 32,
  productFields: 50,
  fieldKey: 128,
  productValue: 2_048,
  /** Fewer than 1,024 characters. https://docs.aws.amazon.com/securityhub/latest/userguide/asff-resourcedetails-other.html */
  otherValue: 1_023,
  pathComponent: 32,
  note: 512,
  /** 240 KB, as BatchImportFindings says. */
  bytes: 240_000,
} as const;

type Rule = { readonly what: string; readonly holds: (finding: AwsSecurityFinding) => boolean };

const length = (text: string | undefined, least: number, most: number): boolean =>
  text !== undefined && text.length >= least && text.length <= most;
const optional = (text: string | undefined, most: number): boolean =>
  text === undefined || length(text, 1, most);

const NAMESPACES = [
  'Software and Configuration Checks',
  'TTPs',
  'Effects',
  'Unusual Behaviors',
  'Sensitive Data Identifications',
];

/** To the second or finer, with a zone. https://docs.aws.amazon.com/securityhub/1.0/APIReference/Welcome.html#timestamps */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)$/;
const isTime = (text: string | undefined): boolean => text !== undefined && TIME.test(text);

const RULES: readonly Rule[] = [
  { what: 'SchemaVersion is 2018-10-08', holds: ({ SchemaVersion }) => SchemaVersion === '2018-10-08' },
  { what: 'Id has 1 to 512 characters', holds: ({ Id }) => length(Id, 1, ASFF_LIMITS.id) },
  {
    what: "ProductArn is an account's own product in a Region",
    holds: ({ ProductArn = '', AwsAccountId = '' }) =>
      /^arn:aws[a-z-]*:securityhub:[a-z0-9-]{1,16}:\d{12}:product\/\d{12}\/default$/.test(ProductArn) &&
      ProductArn.endsWith(`:${AwsAccountId}:product/${AwsAccountId}/default`),
  },
  { what: 'GeneratorId has 1 to 512 characters', holds: ({ GeneratorId }) => length(GeneratorId, 1, 512) },
  { what: 'AwsAccountId is twelve digits', holds: ({ AwsAccountId = '' }) => /^\d{12}$/.test(AwsAccountId) },
  {
    what: 'Types are namespace/category/classifier, at most 50',
    holds: ({ Types = [] }) =>
      Types.length > 0 &&
      Types.length <= ASFF_LIMITS.types &&
      Types.every((type) => {
        const [namespace = '', ...rest] = type.split('/');
        return NAMESPACES.includes(namespace) && rest.length <= 2 && rest.every((part) => part !== '');
      }),
  },
  { what: 'CreatedAt is a time', holds: ({ CreatedAt }) => isTime(CreatedAt) },
  { what: 'UpdatedAt is a time', holds: ({ UpdatedAt }) => isTime(UpdatedAt) },
  {
    what: 'LastObservedAt is a time',
    holds: ({ LastObservedAt }) => LastObservedAt === undefined || isTime(LastObservedAt),
  },
  {
    what: 'Severity has a label of the five, and an original of 1 to 64 characters',
    holds: ({ Severity }) =>
      ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'].includes(Severity?.Label ?? '') &&
      optional(Severity?.Original, 64),
  },
  {
    what: 'Confidence is 0 to 100',
    holds: ({ Confidence = 0 }) => Number.isInteger(Confidence) && Confidence >= 0 && Confidence <= 100,
  },
  { what: 'Title has 1 to 256 characters', holds: ({ Title }) => length(Title, 1, ASFF_LIMITS.title) },
  {
    what: 'Description has 1 to 1,024 characters',
    holds: ({ Description }) => length(Description, 1, ASFF_LIMITS.description),
  },
  {
    what: 'Remediation has a text of 1 to 512 characters',
    holds: ({ Remediation }) => optional(Remediation?.Recommendation?.Text, ASFF_LIMITS.recommendation),
  },
  {
    what: 'ProductFields are at most 50, keys up to 128 and values up to 2,048 characters',
    holds: ({ ProductFields = {} }) =>
      Object.keys(ProductFields).length <= ASFF_LIMITS.productFields &&
      Object.entries(ProductFields).every(
        ([key, value]) =>
          length(key, 1, ASFF_LIMITS.fieldKey) &&
          length(value, 1, ASFF_LIMITS.productValue) &&
          // that prefix is Security Hub's own
          !key.startsWith('aws/'),
      ),
  },
  {
    what: 'Resources are 1 to 32, each with a type of 1 to 256 and an id of 1 to 512 characters',
    holds: ({ Resources = [] }) =>
      Resources.length >= 1 &&
      Resources.length <= ASFF_LIMITS.resources &&
      Resources.every(
        ({ Type, Id, Region }) =>
          length(Type, 1, 256) && length(Id, 1, ASFF_LIMITS.resourceId) && optional(Region, 16),
      ),
  },
  {
    what: 'Details.Other has at most 50 fields, keys under 128 and values under 1,024 characters',
    holds: ({ Resources = [] }) =>
      Resources.every(({ Details }) => {
        const fields = Object.entries(Details?.Other ?? {});
        return (
          fields.length <= 50 &&
          fields.every(([key, value]) => length(key, 1, 127) && length(value, 1, ASFF_LIMITS.otherValue))
        );
      }),
  },
  {
    what: 'RelatedRequirements are at most 32',
    holds: ({ Compliance }) =>
      (Compliance?.RelatedRequirements ?? []).length <= ASFF_LIMITS.requirements &&
      (Compliance?.RelatedRequirements ?? []).every((text) => length(text, 1, 256)),
  },
  {
    what: 'Compliance.Status is one of the four',
    holds: ({ Compliance }) =>
      ['PASSED', 'WARNING', 'FAILED', 'NOT_AVAILABLE'].includes(Compliance?.Status ?? 'PASSED'),
  },
  {
    what: 'NetworkPath has components with ids and types of 1 to 32 characters',
    holds: ({ NetworkPath = [] }) =>
      NetworkPath.every(
        ({ ComponentId, ComponentType }) =>
          length(ComponentId, 1, ASFF_LIMITS.pathComponent) &&
          length(ComponentType, 1, ASFF_LIMITS.pathComponent),
      ),
  },
  {
    what: 'Workflow.Status is one of the four',
    holds: ({ Workflow }) =>
      ['NEW', 'NOTIFIED', 'SUPPRESSED', 'RESOLVED'].includes(Workflow?.Status ?? 'NEW'),
  },
  {
    what: 'RecordState is ACTIVE or ARCHIVED',
    holds: ({ RecordState = 'ACTIVE' }) => ['ACTIVE', 'ARCHIVED'].includes(RecordState),
  },
  {
    what: 'Note has a text of 1 to 512 characters, a person and a time',
    holds: ({ Note }) =>
      Note === undefined ||
      (length(Note.Text, 1, ASFF_LIMITS.note) && length(Note.UpdatedBy, 1, 512) && isTime(Note.UpdatedAt)),
  },
  {
    what: 'the whole takes at most 240 KB',
    holds: (finding) => Buffer.byteLength(JSON.stringify(finding)) <= ASFF_LIMITS.bytes,
  },
];

/** What is wrong with a finding by the documented limits; empty if it may be imported. */
export function asffProblems(finding: AwsSecurityFinding): readonly string[] {
  return RULES.filter(({ holds }) => !holds(finding)).map(({ what }) => what);
}
