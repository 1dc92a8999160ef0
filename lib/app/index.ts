export type { HostId } from '#model';
export { parseTransport, TransportSet } from '#netset';
export {
  doorways,
  explain,
  explainDoors,
  explainRelayed,
  exposures,
  exposuresOnWaking,
  oneWay,
  HostGraph,
  PATH_LIMITS,
  relayedExposures,
  relayedOnWaking,
  sourceName,
  type Analysis,
  type DoorExplanation,
  type End,
  type Explanation,
  type Exposure,
  type Path,
  type PathStart,
  type Reached,
  type RelayedExplanation,
} from '#engine';
export {
  audit,
  fixesFor,
  isCrownJewel,
  latent,
  opensSomething,
  remarks,
  riskOf,
  SEVERITIES,
  type Change,
  type Finding,
  type Severity,
} from '#findings';
export * from '#report';
export { auditReport } from './audit-report.ts';
export { changeBetween } from './change.ts';
export { changeHtml, type Said } from './change-html.ts';
export { judgedChange, type Judge, type JudgedChange } from './judged-change.ts';
export * from './kubernetes/index.ts';
export { runConformance } from './conformance/index.ts';
export { endsOf, findNamed, notDecidedHere, type Named } from './ends.ts';
export { listingOf, type Listing, type ListingFilter } from './listing.ts';
export { demoFolder } from './demo-folder.ts';
export { deliverDigest, type DigestDelivered } from './digest/deliver-digest.ts';
export { previewOf, sendTestDigest, type DigestPreview } from './digest/preview.ts';
export { sendDigest, type DigestMade } from './digest/send-digest.ts';
export { internetEntrances } from './internet-entrances.ts';
export { accept, type Accepted, type AcceptOptions } from './exceptions/accept.ts';
export { withdraw, type Withdrawn, type WithdrawOptions } from './exceptions/withdraw.ts';
export { askFacts } from './facts/ask-facts.ts';
export type { Fact, FactResult } from './facts/check-facts.ts';
export { saveCluster, type LiveClusterOptions } from './kubernetes/live-cluster.ts';
export { loadAnalysis, loadWithPotential, loadSnapshots, saveSnapshot, type Target } from './load.ts';
export { QuestionError } from './question-error.ts';
export { fileReason } from '#sources/shared';
export { replay, type ReplayOptions } from './replay.ts';
export { suggest } from './suggest/suggest.ts';
export { writeOutput } from './write-output.ts';
export { importReport } from './security-hub/import-report.ts';
export { toldFixes } from './told-fix.ts';
export { VERSION } from './version.ts';
export { takeDelivery, type TakenDelivery } from './watch/take-delivery.ts';
export {
  deliverMessage,
  refreshMessage,
  type DeliverMessage,
  type RefreshMessage,
} from './watch/messages.ts';
export { noticeEvent, type EventNoticed } from './watch/notice-event.ts';
export { refresh, type Refreshed } from './watch/refresh.ts';
export { schedule, type Scheduled } from './watch/schedule.ts';
export { sweep } from './watch/sweep.ts';
export { digestService } from './wire/digest-service.ts';
export { deliverService, noticeService, refreshService, scheduleService } from './wire/services.ts';
export { intentOf } from './config/intent-of.ts';
export { exceptionsOf } from './config/exceptions-of.ts';
export { loadConfig, type LoadedConfig } from './config/load-config.ts';
export type { DeskOptions } from './desk/desk.ts';
export { channelsSetUp, testMessage, tryChannels, type ChannelTrial } from './desk/try-channels.ts';
export type { Check } from './doctor/check.ts';
export { checkCount, checkLines } from './doctor/check-lines.ts';
export { runDoctor, type Diagnosis, type DoctorOptions } from './doctor/run-doctor.ts';
export { alsoByNat64 } from './nat64.ts';
export { explanationsOf } from './explanations.ts';
