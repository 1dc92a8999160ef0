import type { ReportFinding, ReportFix } from '../document/report-schema.ts';
import { LEVEL, SECURITY_SEVERITY } from './sarif-rules.ts';
import { manifestPlace, resourceUri, sarifText, type Located } from './sarif-text.ts';

/** Enough to find it by; GitHub shows few and takes at most 1,000. */
const MOST_LOCATIONS = 100;
const MOST_RELATED = 10;

const RANK: Readonly<Record<ReportFinding['severity'], number>> = {
  critical: 95,
  high: 80,
  medium: 55,
  low: 30,
  info: 1,
};

/** One finding as a result. `rules` are the ids of the run's rules in their order, `isAnyAccepted` whether any finding is suppressed. */
export function sarifResult(
  finding: ReportFinding,
  rules: readonly string[],
  isAnyAccepted: boolean,
): object {
  const { check, severity, fingerprint, path, suppression, controls, certainty } = finding;
  return {
    ruleId: check,
    ruleIndex: rules.indexOf(check),
    kind: 'fail',
    level: LEVEL[severity],
    rank: RANK[severity],
    message: { text: messageOf(finding) },
    locations: locationsOf(finding),
    // GitHub knows a result again by this one; the other is for everybody else
    partialFingerprints: { 'posternFinding/v1': fingerprint, primaryLocationLineHash: `${fingerprint}:1` },
    ...(finding.culprits.length > 0 && { relatedLocations: culpritsOf(finding) }),
    ...(path && { codeFlows: [{ threadFlows: [{ locations: flowOf(finding, path) }] }] }),
    taxa: controls.map(({ framework, id }) => ({ id, toolComponent: { name: framework } })),
    // once one result tells of its suppressions, an absent list would say that it is not known
    ...(suppression === undefined
      ? isAnyAccepted && { suppressions: [] }
      : {
          suppressions: [
            {
              kind: 'external',
              status: 'accepted',
              justification: sarifText(
                `${suppression.reason} (accepted by ${suppression.owner} until ${suppression.until})`,
              ),
            },
          ],
        }),
    properties: {
      'security-severity': SECURITY_SEVERITY[severity],
      certainty,
      account: finding.account,
      region: finding.region,
      ...(finding.flows !== undefined && { flows: finding.flows }),
      fixes: finding.fixes,
    },
  };
}

/**
 * The effect, and the way out, as one would paste it. A message ends in a full stop. SARIF has braces doubled, and what shows messages may not take that
 * back: commands that hold some are told in words, and are as they are in the result's properties.
 */
function messageOf({ title, certainty, fixes }: ReportFinding): string {
  const doubt = certainty === 'possibly' ? ' (possibly: blind spots keep it from being certain)' : '';
  const [fix] = fixes;
  const proof = fix?.isProven === true ? ', proven on the model' : '';
  const way = fix === undefined ? '' : wayOut(fix);
  const owners = way === '' ? [] : (fix?.owners ?? []).map((owner) => ` First: ${sarifText(owner, 500)}.`);
  return `${sarifText(title)}${doubt}.${owners.join('')}${way === '' ? '' : ` To end it${proof}: ${way}`}`;
}

/** A manifest has no place in a sentence either. */
function wayOut({ commands, what = '' }: ReportFix): string {
  if (commands.length > 0 && !commands.some((one) => /[{}]|<</.test(one)))
    return `${commands.map((one) => sarifText(one, 2_000)).join(' && ')} .`;
  return what === '' ? '' : `${sarifText(what, 2_000)}.`;
}

/**
 * What is in a cloud is in no file, and GitHub shows only what is: each resource gets an address of its own, and line 1. A rule of a manifest is
 * in a file, and stands first.
 */
function locationsOf({ source, account, region, workload, endpoints, culprits }: ReportFinding): object[] {
  const written = culprits.find(({ at }) => manifestPlace(at) !== undefined);
  const things: readonly Thing[] = [
    { id: workload.id, name: workload.name, source, account, region, ...(written && { at: written.at }) },
    ...endpoints.filter(({ id }) => id !== workload.id).map((endpoint) => ({ ...endpoint, source })),
  ];
  return things.slice(0, MOST_LOCATIONS).map((thing) => locationOf(thing));
}

type Thing = Located & { readonly name: string; readonly at?: ReportFinding['culprits'][number]['at'] };

function locationOf(thing: Thing, message?: string): object {
  const { id, name, at } = thing;
  const { uri, line } = (at && manifestPlace(at)) ?? { uri: resourceUri(thing), line: 1 };
  return {
    physicalLocation: { artifactLocation: { uri }, region: { startLine: line } },
    logicalLocations: [
      { name: sarifText(name, 200), fullyQualifiedName: sarifText(id, 400), kind: 'resource' },
    ],
    ...(message !== undefined && { message: { text: message } }),
  };
}

function culpritsOf({ culprits }: ReportFinding): object[] {
  return culprits
    .slice(0, MOST_RELATED)
    .map(({ policy, policyName, rule, flows, far, direction, at }, i) => ({
      id: i + 1,
      ...locationOf(
        { ...at, id: policy, name: policyName === '' ? policy : policyName, at },
        sarifText(
          `rule ${rule} ${direction === 'ingress' ? 'admits' : 'lets out'} ${flows} ${direction === 'ingress' ? 'from' : 'to'} ${far}`,
        ),
      ),
    }));
}

function flowOf(
  { source, account, region }: ReportFinding,
  { hops }: NonNullable<ReportFinding['path']>,
): object[] {
  return hops.map(({ fromName, to, toName, flows }, i) => ({
    location: locationOf(
      { id: to, name: toName, source, account, region },
      sarifText(`${fromName} opens ${flows} on ${toName}`),
    ),
    executionOrder: i + 1,
    importance: 'essential',
  }));
}
