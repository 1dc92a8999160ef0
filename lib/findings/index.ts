export type * from './alert/alert.ts';
export { audit, latent } from './audit.ts';
export { CHECK_IDS, CHECK_INFO, type CheckInfo } from './checks/check-info.ts';
export * from './controls/index.ts';
export { isCrownJewel } from './crown-jewels.ts';
export { intentFor, type Intent } from './intent/intent.ts';
export type { Forbidden } from './intent/flows.ts';
export {
  NOTHING_SAID,
  type EndpointSelector,
  type FlowStatement,
  type IntentSettings,
  type MeantExposure,
  type ZoneSettings,
} from './intent/settings.ts';
export { ANY_ZONE, INTERNET_ZONE, UNZONED, type Zone } from './intent/zones.ts';
export {
  daysLeft,
  exceptionName,
  isActive,
  type Acceptable,
  type Exception,
} from './exceptions/exception.ts';
export {
  acceptanceOf,
  accountOf,
  exceptionsOf,
  limitsFrom,
  type Acceptance,
} from './exceptions/acceptance.ts';
export { review, type Review } from './exceptions/review.ts';
export { frontDoorsOf } from './front-doors.ts';
export { evidenceOf, evidenceOfFlows } from './evidence.ts';
export { newsOf } from './news-of.ts';
export { SEVERITIES, type CheckId, type Culprit, type Finding, type Severity } from './finding.ts';
export { REMARK_INFO, type RemarkInfo } from './remark-info.ts';
export type { Remark, RemarkId } from './remark.ts';
export { remarks } from './remarks.ts';
export { SENSITIVE_PORTS } from './sensitive-ports.ts';
export { fingerprintOf } from './fingerprint.ts';
export { changedNetwork, withoutRules } from './fix/changed-network.ts';
export { closesNeeded, type Closed, type ClosedFlow } from './fix/closed.ts';
export type { Fix, FixChange, Fixes, FixKind, RuleWords } from './fix/fix.ts';
export { fixesFor, type FixOptions } from './fix/fixes-for.ts';
export { TrialBudget } from './fix/trial-budget.ts';
export { isQuiet, opensSomething, type Blame, type Change } from './change.ts';
export { advance, type Advance, type Looks } from './life-cycle/advance.ts';
export { isTimed } from './life-cycle/timed.ts';
export type { Tracked } from './life-cycle/tracked.ts';
export type { Transition, TransitionKind } from './life-cycle/transition.ts';
export { count, nameList } from './name-list.ts';
export { ownerOf } from './owner.ts';
export { RISK_FORMULA, RISK_WEIGHTS, riskOf, type Risk, type RiskPart, type Weighed } from './risk.ts';
export { ruleChanges, type RuleChange } from './rule-changes.ts';
export {
  EXPOSURE_SEVERITY,
  severityOfBreach,
  severityOfEgress,
  severityOfExposure,
  severityOfPath,
  type Falls,
  type OpenKind,
} from './severity.ts';
export { blindSpotAlert, type BlindSpotNews } from './alert/blind-spot-alert.ts';
export { composeAlert, type FindingAlertKind, type FindingNews } from './alert/compose.ts';
export { alertBlameOf, draftAlert, worstFirst, type AlertContext, type AlertNews } from './alert/draft.ts';
export { alertOfChange, type ChangeAlertOptions } from './alert/of-change.ts';
export { exposureAlert, type ExposureNews } from './alert/exposure-alert.ts';
export {
  closedPathsAlert,
  privatePathsAlert,
  unknownPathsAlert,
  type PathNews,
} from './alert/private-paths.ts';
export { acceptCommand } from './alert/accept-command.ts';
export { summaryAlert, type SummaryNews } from './alert/summary.ts';
