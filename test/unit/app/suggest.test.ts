import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import type { Network } from '#model';
import { analyse, type Analysis } from '#engine';
import { audit, intentFor, latent, type IntentSettings } from '#findings';
import { translate, type AwsSnapshot } from '#sources/aws';
import { intentOf } from '../../../lib/app/config/intent-of.ts';
import { parseConfig } from '../../../lib/app/config/parse-config.ts';
import { checkAssertions } from '../../../lib/app/facts/check-facts.ts';
import { suggest } from '../../../lib/app/suggest/suggest.ts';
import { HOSTILE_ACCOUNTS } from '../../bench/world/hostile.ts';
import { demoAccount, PREFIX_LIST, SSH_WORLD } from '../../support/demo.ts';
import { networkOf } from '../../support/network.ts';
import { relay } from '../../support/relay.ts';

const OUT = 'out all to any';

/** A load balancer on ports that are not of the web, one of which nobody should show, and ranges of every size. */
const OPEN: Network = networkOf({
  hosts: {
    lb: { at: '10.0.0.5=203.0.113.5', groups: ['lb'], role: 'load-balancer' },
    host: { at: '10.0.0.10=203.0.113.10', groups: ['host'] },
  },
  groups: {
    lb: ['in tcp/443 from any', 'in tcp/8443 from any', 'in tcp/5432 from any', 'in tcp/9999 from any', OUT],
    host: [
      'in tcp/22 from 198.51.100.7',
      'in tcp/22 from 8.0.0.0/9',
      'in tcp/22 from 8.128.0.0/9',
      'in tcp/8080 from any',
      'in tcp/23 from 10.0.0.0/8',
      OUT,
    ],
    'nobody has it': ['in tcp/22 from 203.0.113.77', OUT],
  },
  relays: [
    relay({
      id: 'lb',
      listeners: {
        'tcp/443': ['host 10.0.0.10 tcp/8080'],
        'tcp/8443': ['host 10.0.0.10 tcp/8080'],
        'tcp/5432': ['host 10.0.0.10 tcp/8080'],
      },
    }),
  ],
});

const hostile = (name: keyof typeof HOSTILE_ACCOUNTS): Analysis =>
  analyse(translate(HOSTILE_ACCOUNTS[name]!() as unknown as readonly AwsSnapshot[]));

const WORLDS: Readonly<Record<string, () => Analysis>> = {
  'the bundled account': () => analyse(translate([demoAccount()])),
  'the bundled account with SSH open': () => analyse(translate([demoAccount([SSH_WORLD])])),
  'the bundled account with two halves': () => analyse(translate([demoAccount([PREFIX_LIST])])),
  'an open load balancer': () => analyse(OPEN),
  nothing: () => analyse(networkOf({ hosts: {} })),
  'names that act': () => hostile('hostileNames'),
};

function found(analysis: Analysis, meant?: IntentSettings): string[] {
  return [...audit(analysis, meant), ...latent(analysis, meant)].map(
    ({ severity, fingerprint, transport }) => `${fingerprint} ${severity} ${transport?.toString() ?? ''}`,
  );
}

describe('what is suggested', () => {
  it.each(Object.entries(WORLDS))(
    'of %s is a configuration, and given back makes no audit louder',
    (_, make) => {
      const analysis = make();
      const text = suggest(analysis);
      const config = parseConfig(text, 'postern.yml');
      const without = new Map(audit(analysis).map((each) => [each.fingerprint, each]));
      for (const finding of audit(analysis, intentOf(config))) {
        const before = without.get(finding.fingerprint);
        expect(before?.severity).toBe(finding.severity);
        if (finding.transport !== undefined)
          expect(finding.transport.isSubsetOf(before!.transport!)).toBe(true);
      }
      const results = checkAssertions(
        config.assertions,
        analysis,
        intentFor(intentOf(config), analysis.network),
      );
      expect(results.filter(({ holds }) => !holds)).toEqual([]);
    },
  );

  it.each(Object.entries(WORLDS))('of %s is the same every time, and plain', (_, make) => {
    const text = suggest(make());
    expect(suggest(make())).toBe(text);
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(parseDocument(text).warnings).toEqual([]);
  });

  it('hides nothing but what a load balancer answers and a narrow range is admitted to', () => {
    const analysis = WORLDS['the bundled account with two halves']!();
    const meant = intentOf(parseConfig(suggest(analysis), 'postern.yml'));
    expect(found(analysis, meant)).toEqual(found(analysis));
  });

  it('leaves a grave port, and one on which nothing answers, to be found', () => {
    const text = suggest(analyse(OPEN));
    const { exposures, trusted } = parseConfig(text, 'postern.yml');
    expect(exposures.map(({ what, ports }) => [what, ports])).toEqual([[{ name: 'lb' }, 'tcp 8443']]);
    expect(text).toContain('# not suggested: lb on tcp 5432');
    expect(Object.values(trusted)).toEqual([['198.51.100.7/32']]);
    const meant = intentOf(parseConfig(text, 'postern.yml'));
    const left = audit(analyse(OPEN), meant).map(
      ({ check, workload, transport }) => `${check} ${workload.name} ${transport?.toString() ?? ''}`,
    );
    expect(left).toEqual([
      'admin-port-exposed host tcp 22',
      'high-risk-port-exposed host tcp 8080',
      'unintended-exposure lb tcp 5432,9999',
    ]);
  });
});

it.each([
  [['edge-a', 'edge-b'], 'edge'],
  [['shop-eu-west-1a', 'shop-eu-west-1b'], 'shop'],
  [['PrivateSubnet1', 'PrivateSubnet12'], 'PrivateSubnet'],
  [['compute'], 'compute'],
  [['data', 'data'], 'data'],
])('subnets called %j are a zone of the name %s', (names, stem) => {
  const network = networkOf({
    hosts: Object.fromEntries(
      names.map((_, i) => [`h${String(i)}`, { at: `10.0.${String(50 + i)}.10`, groups: ['g'] }]),
    ),
    groups: { g: [OUT] },
    subnets: Object.fromEntries(
      names.map((_, i) => [`s${String(i)}`, { cidr: `10.0.${String(50 + i)}.0/24` }]),
    ),
  });
  const subnets = new Map(
    [...network.subnets].map(([id, subnet]) => {
      const i = /^s(\d)$/.exec(id)?.[1];
      return [id, i === undefined ? subnet : { ...subnet, name: names[Number(i)]! }];
    }),
  );
  expect(suggest(analyse({ ...network, subnets }))).toContain(
    `# subnets ${stem}: ${String(names.length)} interface`,
  );
});
