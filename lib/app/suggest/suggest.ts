import type { Analysis } from '#engine';
import { intentFor, NOTHING_SAID } from '#findings';
import { parseConfig } from '../config/parse-config.ts';
import { intentOf } from '../config/intent-of.ts';
import { checkAssertions, type Fact } from '../facts/check-facts.ts';
import { suggestExposures } from './suggest-exposures.ts';
import { suggestTrusted } from './suggest-trusted.ts';
import { suggestZones, type SuggestedZone } from './suggest-zones.ts';
import { remark, yamlKey, yamlText } from './yaml-text.ts';

/**
 * A first `postern.yml` from what is live: what is found and no more, so that an audit by it is no louder than one without. What it takes for meant
 * is said with its reason to look for; what only a person can know stands there as a remark. The same network gives the same text.
 */
export function suggest(analysis: Analysis): string {
  const zones = suggestZones(analysis.network);
  const body = [
    ...HEAD,
    '',
    ...jewelLines(analysis),
    '',
    ...suggestTrusted(analysis.network),
    '',
    ...zoneLines(zones),
    '',
    ...flowLines(zones),
    '',
    ...suggestExposures(analysis),
    '',
    '',
  ].join('\n');
  const text = `${body}${assertionLines(body, zones, analysis).join('\n')}\n`;
  // whatever names an account has, what is printed can be given back
  parseConfig(text, 'the suggestion');
  return text;
}

const HEAD = [
  '# A first postern.yml, made from what is live. Nobody has said that any of it is meant: read it line by line, keep what is true,',
  '# and put a reason to it. What stands here as meant is no finding any more.',
];

/** How many are named in a remark. */
const NAMED = 8;

function jewelLines({ network }: Analysis): string[] {
  const { isCrownJewel } = intentFor(NOTHING_SAID, network);
  const jewels = [...network.endpoints.values()].filter(isCrownJewel);
  const names = [...new Set(jewels.map(({ workload, role }) => `${workload.name} (${role})`))].toSorted();
  return [
    '# What is most worth guarding. Found by kind:',
    ...(names.length === 0 ? ['#   nothing'] : names.slice(0, NAMED).map((name) => `#   ${remark(name)}`)),
    ...(names.length > NAMED ? [`#   and ${String(names.length - NAMED)} more`] : []),
    'crownJewels:',
    '  byKind: true',
    '  # also: [{ tags: { data: card } }]',
    '  # not: [{ name: scratch-* }]',
  ];
}

function zoneLines(zones: readonly SuggestedZone[]): string[] {
  if (zones.length === 0) return ['# Named parts of the network.', 'zones: {}'];
  return [
    '# Named parts of the network; an endpoint is in the first that names it.',
    'zones:',
    ...zones.flatMap(({ name, why, selector }) => [`  # ${remark(why)}`, `  ${yamlKey(name)}: ${selector}`]),
  ];
}

function flowLines(zones: readonly SuggestedZone[]): string[] {
  const [to, from] = zones;
  return [
    '# What may pass between them; of several statements about a flow the first decides. Only you know what may:',
    '# flows:',
    ...(from === undefined || to === undefined
      ? ['#   - { from: app, to: data, allow: tcp/5432 }', '#   - { from: any, to: data, forbid: all }']
      : [
          `#   - { from: ${from.name}, to: ${to.name}, allow: tcp/5432 }`,
          `#   - { from: any, to: ${to.name}, forbid: all }`,
        ]),
    'flows: []',
  ];
}

/** Of what one would assert, that which holds today. */
function assertionLines(body: string, zones: readonly SuggestedZone[], analysis: Analysis): string[] {
  const facts = zones.map(({ name }): Fact => ({
    from: 'internet',
    to: name,
    flows: 'all',
    expect: 'denied',
  }));
  const intent = intentFor(intentOf(parseConfig(body, 'the suggestion')), analysis.network);
  const held = checkAssertions(facts, analysis, intent).filter(({ holds }) => holds);
  return [
    '# What must hold; postern assert says whether it does. These do today:',
    ...(held.length === 0 ? ['assertions: []'] : ['assertions:']),
    ...held.map(
      ({ fact: { from, to, flows, expect } }) =>
        `  - { from: ${from}, to: ${yamlText(to)}, flows: ${flows}, expect: ${expect} }`,
    ),
  ];
}
