import type { Alert } from '#findings';

/** Characters that JSON leaves as they are and XML, in which SNS and SQS may carry it, forbids. */
const NOT_XML = /[\ufffe\uffff]/g;

/** An alert as JSON for machines: the whole of it, every text as the account gave it. */
export function documentOf(alert: Alert): string {
  return JSON.stringify(alert).replaceAll(
    NOT_XML,
    (character) => `\\u${character.charCodeAt(0).toString(16)}`,
  );
}
