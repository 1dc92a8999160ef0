import type { IpSet, TransportSet } from '#netset';
import { breadthOf, ipsFor, type Diff, type Exposure, type ExposureChange } from '#engine';
import type { Finding } from '../finding.ts';
import type { Alert } from './alert.ts';

/** More blocks than these are counted. */
const MOST = 6;

type BeforeAfter = Pick<Alert, 'before' | 'after'>;

/** Who of the internet got in at what a finding is about, and who does now. */
export function whoGotIn({ endpoints, transport }: Finding, { exposures }: Diff): BeforeAfter {
  const change = exposures.find(({ endpoint }) => endpoints.some(({ id }) => id === endpoint));
  if (change === undefined || transport === undefined) return {};
  const from = (exposure: Exposure | undefined): string => {
    const ips = exposure && ipsFor(exposure.sure, transport);
    return ips === undefined || ips.isEmpty ? 'nobody' : sourceText(ips, change);
  };
  return { before: from(change.before), after: from(change.after) };
}

/** What the internet could open at an endpoint, and what it can now. */
export function whatGotIn(change: ExposureChange): BeforeAfter {
  const reach = (exposure: Exposure | undefined): string => {
    const texts = exposure?.possible.map(
      ({ ips, transport }) => `${transportText(transport)} from ${sourceText(ips, change)}`,
    );
    return texts === undefined || texts.length === 0 ? 'nothing' : shortList(texts, '; ');
  };
  return { before: reach(change.before), after: reach(change.after) };
}

function transportText(transport: TransportSet): string {
  return shortList(transport.toString().split(', '), ', ');
}

function sourceText(ips: IpSet, { family }: ExposureChange): string {
  return breadthOf(ips, family) === 'whole'
    ? `the whole internet (IPv${String(family)})`
    : shortList(ips.toString().split(', '), ', ');
}

function shortList(texts: readonly string[], separator: string): string {
  return texts.length <= MOST
    ? texts.join(separator)
    : `${texts.slice(0, MOST - 1).join(separator)} and ${String(texts.length - MOST + 1)} more`;
}
