import type { RequestFailed } from './failure.ts';
import { listName } from './kinds.ts';
import type { ReadBlindSpot, ReadFailureCode } from './reading.ts';

const ENDINGS: Readonly<Record<ReadFailureCode, string>> = {
  denied: 'was denied',
  throttled: 'was refused for load until the retries ran out',
  'timed-out': 'took longer than its deadline',
  unsupported: 'is not served by this cluster',
  cut: 'broke off half-way',
  malformed: 'gave an answer that cannot be read',
  failed: 'failed',
};

/** What was asked for. */
export type Asked = {
  readonly verb: 'list' | 'get';
  readonly group: string;
  readonly resource: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly hides: string;
  readonly narrows?: true;
};

/** The blind spot that a read leaves which gave no whole answer. */
export function blindSpotOf(asked: Asked, failure: RequestFailed): ReadBlindSpot {
  const { verb, group, resource, namespace, name, hides, narrows = false } = asked;
  const of = name === undefined ? '' : ` ${namespace === undefined ? '' : `${namespace}/`}${name}`;
  return {
    code: failure.code,
    verb,
    group,
    resource,
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { name }),
    what: `${verb} ${listName(asked)}${of} ${ENDINGS[failure.code]} (${failure.message}), which hides ${hides}`,
    remedy: remedyOf(asked, failure),
    narrows,
    error: failure.message,
  };
}

function remedyOf(asked: Asked, failure: RequestFailed): string {
  switch (failure.code) {
    case 'denied':
      return failure.byCredentials
        ? 'Log in again (kubectl get nodes shows whether it worked), and read again.'
        : `Grant it by this rule in a ClusterRole of whoever reads: ${ruleOf(asked)}`;
    case 'throttled':
    case 'timed-out':
      return 'Read again when the API server has less to do.';
    case 'unsupported':
      return '';
    case 'cut':
    case 'malformed':
    case 'failed':
      return 'Read again.';
  }
}

/** The rule as it would stand in a ClusterRole. */
function ruleOf({ verb, group, resource, name }: Asked): string {
  const names = name === undefined ? '' : `, resourceNames: ["${name}"]`;
  return `{apiGroups: ["${group}"], resources: ["${resource}"]${names}, verbs: ["${verb}"]}`;
}
