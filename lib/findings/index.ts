export type * from './alert/alert.ts';
export { audit } from './audit.ts';
export { isCrownJewel } from './crown-jewels.ts';
export { SEVERITIES, type CheckId, type Culprit, type Finding, type Severity } from './finding.ts';
export { fingerprintOf } from './fingerprint.ts';
export { fixFor, withoutRules, type Fix } from './fix.ts';
export { isQuiet, opensSomething, type Blame, type Change } from './change.ts';
