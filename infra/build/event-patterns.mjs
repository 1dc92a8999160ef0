/**
 * The patterns of the event rules, from the catalogue of change events: `tsx infra/build/event-patterns.mjs` writes them to
 * infra/events/patterns.json, which the templates include as they are; with `--check` it compares and fails if they differ.
 *
 * What decides (docs.aws.amazon.com/eventbridge/latest/userguide/, eb-create-pattern-operators.html and eb-quota.html): fields are
 * joined by "and", the values of one field by "or"; so all that `anything-but` excludes has to stand in one list, and of its
 * forms only the list of prefixes also holds whole names. A pattern has 2,048 characters at most.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { noisePrefixesOf } from '../../lib/sources/aws/event/catalogue/noise.ts';
import { CATALOGUE } from '../../lib/sources/aws/event/catalogue/tier.ts';

/** Tier 3 services that launch or move workloads; the rest of the tier are edges between networks. */
const LAUNCHERS = [
  'autoscaling.amazonaws.com',
  'elasticmapreduce.amazonaws.com',
  'lightsail.amazonaws.com',
  'sagemaker.amazonaws.com',
  'transfer.amazonaws.com',
];
/** Services of which all is taken but the noise. */
const EC2 = 'ec2.amazonaws.com';
const ELB = 'elasticloadbalancing.amazonaws.com';
const RDS = 'rds.amazonaws.com';
/** It logs names with the date of their API behind them. */
const CLOUDFRONT = 'cloudfront.amazonaws.com';
const LIMIT = 2048;

/**
 * One pattern for each rule. Only AWS can send from a source that begins with `aws.`, so nobody's own event is taken for a record;
 * the service itself is told by the record, because what comes after `aws.` is not written down for each of them.
 */
function patternOf(sources, eventName) {
  return {
    source: [{ prefix: 'aws.' }],
    'detail-type': ['AWS API Call via CloudTrail'],
    detail: { eventSource: sources, errorCode: [{ exists: false }], eventName },
  };
}

/** New calls of AWS match by themselves. */
function allBut(source) {
  return patternOf([source], [{ 'anything-but': { prefix: noisePrefixesOf(source) } }]);
}

/** The listed calls of some services. A name that another of the services also has may come along; it costs a pass. */
function listed(isMeant) {
  const groups = CATALOGUE.filter(isMeant);
  const sources = new Set(groups.map(({ source }) => source));
  const dated = groups.filter(({ source }) => source === CLOUDFRONT).flatMap(({ names }) => names);
  const exact = groups.filter(({ source }) => source !== CLOUDFRONT).flatMap(({ names }) => names);
  return patternOf([...sources], [...[...new Set(exact)].sort(), ...dated.map((prefix) => ({ prefix }))]);
}

function eventPatterns() {
  const isLauncher = ({ source }) => LAUNCHERS.includes(source);
  return {
    ec2: { ...allBut(EC2), source: ['aws.ec2'] },
    loadBalancers: allBut(ELB),
    databases: allBut(RDS),
    services: listed(({ tier, source }) => tier === 2 && ![ELB, RDS].includes(source)),
    tampering: listed(({ tier }) => tier === 4),
    launchers: listed((group) => group.tier === 3 && isLauncher(group)),
    edges: listed((group) => group.tier === 3 && !isLauncher(group)),
  };
}

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const file = join(root, 'infra/events/patterns.json');
const patterns = eventPatterns();
for (const [name, pattern] of Object.entries(patterns)) {
  const { length } = JSON.stringify(pattern);
  if (length > LIMIT) {
    throw new Error(
      `The pattern "${name}" has ${length} characters, EventBridge takes ${LIMIT}. Shorten its noise or divide it into two.`,
    );
  }
}
const text = await format(JSON.stringify(patterns), { ...(await resolveConfig(file)), filepath: file });
if (!process.argv.includes('--check')) {
  writeFileSync(file, text);
} else if (readFileSync(file, 'utf8') !== text) {
  console.error(
    'infra/events/patterns.json is not what the catalogue says: run `tsx infra/build/event-patterns.mjs`',
  );
  process.exitCode = 1;
}
