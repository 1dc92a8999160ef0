import type { Severity } from '#findings';
import { toAsff } from './asff/asff.ts';
import type { Report } from './document/report-schema.ts';
import { toDot } from './graph/dot.ts';
import { reportGraph } from './graph/graph.ts';
import { toMermaid } from './graph/mermaid.ts';
import { toJunit } from './junit/junit.ts';
import { toMarkdown } from './markdown/markdown.ts';
import { toOcsf } from './ocsf/ocsf.ts';
import { toSarif } from './sarif/sarif.ts';

/** A report in a format of others: a text, or a document that is to be printed as JSON. */
type Rendered = { readonly text: string } | { readonly json: unknown };

type Format = (report: Report, options: { readonly failOn: Severity | 'never' }) => Rendered;

const RENDER = {
  json: (report) => ({ json: report }),
  sarif: (report) => ({ json: toSarif(report) }),
  asff: (report) => ({ json: { Findings: toAsff(report) } }),
  ocsf: (report) => ({ json: toOcsf(report) }),
  markdown: (report) => ({ text: toMarkdown(report) }),
  junit: (report, { failOn }) => ({ text: toJunit(report, failOn) }),
  mermaid: (report) => ({ text: toMermaid(reportGraph(report)) }),
  dot: (report) => ({ text: toDot(reportGraph(report)) }),
} as const satisfies Readonly<Record<string, Format>>;

export type ReportFormat = keyof typeof RENDER;

export const REPORT_FORMATS = Object.keys(RENDER) as readonly ReportFormat[];

/** A report in one of the formats; `failOn` says from which severity on a test case fails. */
export function renderReport(
  report: Report,
  format: ReportFormat,
  options: { readonly failOn: Severity | 'never' },
): Rendered {
  return RENDER[format](report, options);
}
