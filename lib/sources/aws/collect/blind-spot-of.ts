import {
  callOf,
  type CollectBlindSpot,
  type CollectBlindSpotCode,
  type LiveCall,
} from '../resources/index.ts';
import { isCredentialFailure, type Failure } from './failure.ts';

/** How each ending reads after the name of the call. */
const ENDINGS: Readonly<Record<CollectBlindSpotCode, string>> = {
  denied: 'was denied',
  throttled: 'was refused for load until the retries ran out',
  'timed-out': 'took longer than its deadline',
  unsupported: 'is not known to this server',
  cut: 'broke off half-way',
  malformed: 'gave an answer that cannot be read',
  dangling: 'found nothing under this id',
  failed: 'failed',
};

/** The blind spot that a call leaves which gave no answer, as a whole or for one parent. */
export function blindSpotOf(call: LiveCall, failure: Failure, parent?: string): CollectBlindSpot {
  const { action, hides, narrows } = callOf(call);
  const of = parent === undefined ? '' : ` of ${parent}`;
  return {
    code: failure.code,
    call,
    ...(parent === undefined ? {} : { parent }),
    what: `${call}${of} ${ENDINGS[failure.code]} (${failure.text}), which hides ${hides}`,
    remedy: remedyOf(failure, action),
    narrows,
    error: failure.text,
  };
}

/** An id that something names and that is not there, asked for a second time. */
export function danglingBlindSpot(call: LiveCall, id: string, namedBy: string): CollectBlindSpot {
  const { hides, narrows } = callOf(call);
  return {
    code: 'dangling',
    call,
    id,
    namedBy,
    what: `${namedBy} names ${id}, which ${call} does not give, asked twice: hides ${hides}, as far as it is about ${id}`,
    remedy: `If ${id} belongs to another account, read that account too. If it was just made or deleted, read again.`,
    narrows,
    error: '',
  };
}

/** Nobody told which account the credentials are for. It is then taken from what was read, or not known. */
export function identityBlindSpot(failure: Failure): CollectBlindSpot {
  return {
    code: failure.code,
    call: 'GetCallerIdentity',
    what: `GetCallerIdentity ${ENDINGS[failure.code]} (${failure.text}), so which account this is was not confirmed`,
    remedy: remedyOf(failure, 'sts:GetCallerIdentity'),
    narrows: true,
    error: failure.text,
  };
}

function remedyOf(failure: Failure, action: string): string {
  switch (failure.code) {
    case 'denied':
      return isCredentialFailure(failure)
        ? 'Renew the credentials and read again.'
        : `Grant ${action} to the role that reads the account.`;
    case 'throttled':
      return 'Read again, with a lower concurrency.';
    case 'timed-out':
      return 'Read again, with a longer deadline.';
    case 'unsupported':
      return '';
    case 'cut':
    case 'malformed':
    case 'dangling':
    case 'failed':
      return 'Read again.';
  }
}
