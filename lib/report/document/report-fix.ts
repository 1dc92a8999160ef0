import type { Closed, Fix } from '#findings';
import type { ReportFix } from './report-schema.ts';

/** How a fix is made, in the languages of the vendor. */
export type FixTexts = {
  readonly kind: 'aws-cli' | 'kubectl';
  readonly commands: readonly string[];
  readonly terraform?: string;
  readonly cloudFormation?: string;
  /** Who keeps what is to be changed, in sentences. */
  readonly owners: readonly string[];
};

/** Flows that are told of one by one; the rest is a number. */
const MOST_FLOWS = 10;

/** A fix as reports have it. */
export function reportFix(
  { kind: change, what, isProven, alsoCloses, breaks, reveals }: Fix,
  { kind, commands, terraform, cloudFormation, owners }: FixTexts,
): ReportFix {
  return {
    kind,
    change,
    what,
    owners,
    commands,
    isProven,
    alsoCloses: reportClosed(alsoCloses),
    breaks,
    reveals,
    ...(terraform !== undefined && { terraform }),
    ...(cloudFormation !== undefined && { cloudFormation }),
  };
}

function reportClosed({ flows, isWhole }: Closed): NonNullable<ReportFix['alsoCloses']> {
  return {
    count: flows.length,
    isWhole,
    needed: flows.filter(({ needed }) => needed !== undefined).length,
    flows: flows.slice(0, MOST_FLOWS).map(({ from, to, transport, pairs, needed }) => ({
      from: from.id,
      fromName: from.name,
      to: to.id,
      toName: to.name,
      flows: transport.toString(),
      pairs,
      ...(needed && { needed }),
    })),
  };
}
