import { aclEntriesOf } from './acl-entries.ts';
import { unwrapped } from './fields.ts';
import { groupRulesOf } from './group-rules.ts';
import type { RequestedRule } from './requested-rule.ts';

/** The rules and entries in a call's request, in order; none for all other calls. */
export function requestedRulesOf(source: string, name: string, request: unknown): readonly RequestedRule[] {
  if (source !== 'ec2.amazonaws.com') return [];
  const parameters = unwrapped(request);
  return [...groupRulesOf(name, parameters), ...aclEntriesOf(name, parameters)];
}
