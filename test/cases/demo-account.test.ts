import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatCidr, parseTransport, TransportSet, type IpSet } from '#netset';
import { audit, exposures, latent, loadAnalysis, remarks, replay } from '#app';
import { ACCOUNT, DEMO } from '../support/run-cli.ts';
import { compareEvent, compareFindings } from './demo-account/compare.ts';
import { readExpected, readKnownDifferences } from './demo-account/expectation.ts';

const expected = readExpected();
const known = readKnownDifferences();
const { analysis } = await loadAnalysis({ snapshot: ACCOUNT });
const spots = [...analysis.network.blindSpots.values()].map(({ what }) => what);

/** How the product words the blind spots that the list wants. */
const WORDS: Readonly<Record<string, RegExp>> = {
  'load balancer targets not followed': /shop-alb hands on .*not followed/,
  'Kubernetes API endpoint of the EKS cluster not read': /kubernetes|eks/i,
  'pods and NetworkPolicy not read': /\bpods\b/i,
  'EC2 Instance Connect endpoints not read': /instance connect/i,
  'other front doors not read': /cloudfront|global accelerator|api gateway/i,
  'listener rules beyond the default action not read': /listener rule/i,
  'launch templates and Auto Scaling groups not read': /launch template|auto scaling/i,
  'VPN connections and Direct Connect not read': /direct connect|vpn connection/i,
  'Regions other than eu-west-1 not read': /other regions/i,
};

/** Holds the differences found in one part against the known ones of that part: none is new, none is gone. */
function expectKnown(part: string, differences: readonly string[]): void {
  expect(differences.toSorted()).toEqual(known.filter((name) => name.startsWith(part)).toSorted());
}

describe('the demo account, as a careful reader sees it', () => {
  it('before any change', () => {
    expectKnown('before', compareFindings('before', expected.before, audit(analysis)));
  });

  it('has a change for each event of the list', () => {
    expect(readdirSync(`${DEMO}/events`).sort()).toEqual(Object.keys(expected.events).sort());
  });

  it.each(Object.entries(expected.events))('after %s', async (name, event) => {
    expectKnown(
      name,
      compareEvent(name, event, await replay(`${DEMO}/events/${name}`, { snapshot: ACCOUNT })),
    );
  });

  it('names what its file cannot answer', () => {
    const missing = expected.blindSpots.filter(({ what }) => !spots.some((spot) => WORDS[what]?.test(spot)));
    expectKnown(
      'blind spot',
      missing.map(({ what, required }) => `blind spot${required ? ', required' : ''}: ${what}`),
    );
    expect(expected.blindSpots.map(({ what }) => what)).toEqual(Object.keys(WORDS));
  });

  it('is reached by the internet where it should be', () => {
    const flows = (ports: readonly string[]) =>
      TransportSet.unionOf(ports.map((port) => parseTransport(port)!)).toString();
    const rows = exposures(analysis).flatMap(({ endpoint, family, sure, possible }) => {
      expect(possible).toEqual(sure);
      return sure.map(
        ({ ips, transport }) =>
          `${endpoint.name} v${String(family)} ${transport.toString()} ${isWhole(ips) ? 'internet' : ips.toCidrs().map(formatCidr).join()}`,
      );
    });
    const wanted = [
      ...expected.internetReaches.flatMap(({ subject, interfaces, ipv4, ipv6 }) =>
        interfaces.flatMap(() => [
          `${subject} v4 ${flows(ipv4)} internet`,
          `${subject} v6 ${flows(ipv6)} internet`,
        ]),
      ),
      ...expected.limitedRangesReach.map(
        ({ subject, from, ports }) => `${subject} v4 ${flows(ports)} ${from.join()}`,
      ),
    ];
    expect(rows.sort()).toEqual(wanted.sort());
  });

  it('has nothing asleep that would be open, and one thing to tidy up, which the notes have', () => {
    expect(latent(analysis)).toEqual([]);
    expect(remarks(analysis).map(({ check, subject }) => `${check} ${subject.name}`)).toEqual([
      'group-unattached launch-wizard-1',
    ]);
    expect(expected.notes.some(({ what }) => /launch-wizard-1.*unused/.test(what))).toBe(true);
  });

  it('every known difference belongs to a part that is compared', () => {
    const parts = ['before', 'blind spot', ...Object.keys(expected.events)];
    expect(known.filter((name) => !parts.some((part) => name.startsWith(part)))).toEqual([]);
    expect(new Set(known).size).toBe(known.length);
  });
});

function isWhole(ips: IpSet): boolean {
  return ips.size4() > 2 ** 31 || ips.size6() > 2n ** 124n;
}
