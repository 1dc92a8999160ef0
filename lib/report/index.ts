export { blindSpotLines } from './text/blind-spots.ts';
export { explanationLines, relayedWayLines } from './text/explanation.ts';
export { exposureLines, wakingExposureLines } from './text/exposure.ts';
export { outsideLines, toOutsideJson } from './text/outside.ts';
export { doorExplanationLines, doorwayLines } from './text/doorways.ts';
export { relayedExposureLines } from './text/relayed-exposure.ts';
export { culpritText, findingLines, severityWord, type TextFinding } from './text/findings.ts';
export { foldFindings } from './text/folded.ts';
export { pathLine } from './text/paths.ts';
export { plain, plainLines } from './text/plain.ts';
export { NO_STYLE, type Style } from './text/style.ts';
export { count, nameList } from '#findings';
export { table } from './text/table.ts';
export { reportFinding, reportPath, type FindingExtras } from './document/report-finding.ts';
export { closedText } from './document/closed-text.ts';
export { reportFix, type FixTexts } from './document/report-fix.ts';
export {
  reportJsonSchema,
  reportSchema,
  type Report,
  type ReportAssertion,
  type ReportFix,
} from './document/report-schema.ts';
export { reportExposure, toReport, type ReportParts } from './document/to-report.ts';
export {
  toChangeJson,
  toConnectionJson,
  toDoorwayJson,
  toRelayedConnectionJson,
  toRelayedJson,
  toWakingExposureJson,
} from './json/documents.ts';
export { alertLines } from './text/alert.ts';
export { changeLines } from './text/change.ts';
export { connectionLines, relayedConnectionLines } from './text/connections.ts';
export { acceptedLines, answeredLines, exceptionLines } from './text/exceptions.ts';
export { remarkLines } from './text/remarks.ts';
export { riskLine } from './text/risk.ts';
export { summaryLine } from './text/summary.ts';
export { wrap } from './text/wrap.ts';
export { commandLines } from './text/commands.ts';
export { asffProblems } from './asff/limits.ts';
export { isAccount, toAsff, toSecurityFinding, type AsffOwner } from './asff/asff.ts';
export { REPORT_FORMATS, renderReport, type ReportFormat } from './formats.ts';
export { toDot } from './graph/dot.ts';
export { LISTED_FORMATS, renderListed, type ListedFormat } from './listed.ts';
export { listedRows } from './document/listed-rows.ts';
export { pathsGraph } from './graph/graph.ts';
export { toMermaid } from './graph/mermaid.ts';
export { junitXml, type JunitCase } from './junit/junit.ts';
export { checksPage } from './catalogue.ts';
export type { Digest, DigestFinding, DigestPart, DigestTarget } from './digest/digest.ts';
export { dayText, isoWeek, weeksUpTo } from './digest/dates.ts';
export { renderDigest, type RenderedDigest } from './digest/render-digest.ts';
export { toHtml } from './html/html.ts';
export type { HtmlParts, ReportSide } from './html/page-data.ts';
