export { blindSpotLines } from './text/blind-spots.ts';
export { explanationLines, relayedWayLines } from './text/explanation.ts';
export { exposureLines, wakingExposureLines } from './text/exposure.ts';
export { relayedExposureLines } from './text/relayed-exposure.ts';
export { culpritText, findingLines, severityWord } from './text/findings.ts';
export { pathLine } from './text/paths.ts';
export { plain, plainLines } from './text/plain.ts';
export { NO_STYLE, type Style } from './text/style.ts';
export { count, nameList } from '#findings';
export { table } from './text/table.ts';
export {
  toChangeJson,
  toConnectionJson,
  toExposureJson,
  toFindingJson,
  toPathJson,
  toRelayedJson,
  toRemarkJson,
  toWakingExposureJson,
} from './json/documents.ts';
export { alertLines } from './text/alert.ts';
export { changeLines } from './text/change.ts';
export { connectionLines } from './text/connections.ts';
export { remarkLines } from './text/remarks.ts';
export { summaryLine } from './text/summary.ts';
export { wrap } from './text/wrap.ts';
export { commandLines } from './text/commands.ts';
