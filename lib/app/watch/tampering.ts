import { draftAlert, type Alert } from '#findings';
import { personOf, tampersWith, type ChangeEvent } from '#sources/aws';

/** What the monitor is made of, as far as it can be touched from outside. */
export type OwnParts = {
  /** The hub bus. Our event rules begin with its name. */
  readonly busName: string;
  readonly topicArn: string;
};

/** Calls that take something away, rather than put or change it. */
const TAKES_AWAY = /^(?:Stop|Delete|Disable|Remove|Unsubscribe)/;

/**
 * The alert for a call that touched what this monitor hears by: its rules, bus and topic, and any trail, since without one no change is heard
 * of. `undefined` if it touched none of them.
 */
export function tamperingAlert(event: ChangeEvent, own: OwnParts): Alert | undefined {
  if (event.tier !== 4 || !event.isEffective) return undefined;
  const touched = touchedBy(event, own);
  if (touched.length === 0) return undefined;
  const { actor, account, region, time, name } = event;
  return draftAlert(
    {
      kind: 'tampering',
      severity: TAKES_AWAY.test(name) ? 'critical' : 'high',
      headline: `${name} on ${touched.join(', ')}: Postern hears of changes by it`,
      details: [
        'Changes may go unheard from now on; the hourly read still finds what they did',
        'postern doctor says what is missing',
      ],
    },
    {
      place: { account, region, time },
      blame: [
        {
          call: name,
          who: personOf(actor),
          role: actor.role,
          ...(actor.mfa !== undefined && { mfa: actor.mfa }),
          tool: actor.tool,
          sourceIp: actor.sourceIp,
          time,
        },
      ],
      blameIs: 'these',
      id: `tampering-${account}-${region}-${event.eventId}`,
    },
  );
}

function touchedBy(event: ChangeEvent, { busName, topicArn }: OwnParts): readonly string[] {
  switch (event.source) {
    case 'cloudtrail.amazonaws.com':
      return event.names.length > 0 ? event.names : ['a trail'];
    case 'events.amazonaws.com':
      return event.names.filter((name) =>
        name.split(/[/:]/).some((part) => part === busName || part.startsWith(`${busName}-`)),
      );
    default:
      return tampersWith(event, [topicArn]);
  }
}
