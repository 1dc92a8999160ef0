import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { CHECK_INFO, controlsFor, type Alert, type AlertTransition } from '#findings';
import { toSecurityFinding, type AsffOwner } from '#report';

/**
 * What an alert changes in a Security Hub: each of its findings under the Id that an audit gives it too, active, or archived once it is resolved.
 * None of an alert that is about no finding: Security Hub keeps findings and nothing else.
 */
export function alertFindings(alert: Alert, owner: AsffOwner): readonly AwsSecurityFinding[] {
  return (alert.transitions ?? []).map((transition) => findingOf(transition, alert, owner));
}

function findingOf(
  { fingerprint, check, severity, title, workload, facets = [] }: AlertTransition,
  alert: Alert,
  owner: AsffOwner,
): AwsSecurityFinding {
  const { place, kind, blame, undo, fix, rules } = alert;
  const isOpen = kind !== 'resolved';
  const { account, region } = place;
  const [who] = blame;
  return toSecurityFinding(
    {
      fingerprint,
      check,
      severity,
      title,
      description: [
        `${title}.`,
        ...(kind === 'unconfirmed' ? ['It can no longer be seen, and counts as open.'] : []),
        ...rules.map(({ id, policy, text }) => `Rule ${id} in ${policy}: ${text}.`),
        ...(who === undefined ? [] : [`By ${who.who}, ${who.call}.`]),
      ],
      isCertain: kind !== 'unconfirmed',
      account,
      region,
      things: [
        { id: workload.id, account, region, facts: { name: workload.name } },
        ...new Map(
          rules.map(({ policy, policyName }) => [
            policy,
            { id: policy, account, region, facts: { name: policyName } },
          ]),
        ).values(),
      ],
      controls: controlsFor(check, facets),
      // a change by hand may not last
      remediation: [
        ...[...new Set([...(undo?.owners ?? []), ...(fix?.owners ?? [])])].map((text) => `First: ${text}.`),
        CHECK_INFO[check].whatToDo,
      ].join(' '),
      fields: {
        kind,
        undo: (undo?.commands ?? []).join('\n'),
        ...(fix && { fix: [fix.what, ...fix.commands].join('\n') }),
        alert: alert.id,
      },
      time: place.time,
      isOpen,
    },
    owner,
  );
}
