import { draftAlert, type Alert } from '#findings';
import { personOf, tampersWith, type ChangeEvent } from '#sources/aws';

/** What the monitor is made of, as far as it can be touched from outside. */
export type OwnParts = {
  /** The hub bus, and the stack. The names of event rules, functions, queues, schedules, table and bucket begin with it. */
  readonly busName: string;
  readonly topicArn: string;
};

/** Calls that take something away, rather than put or change it. */
const TAKES_AWAY = /^(?:Stop|Delete|Disable|Remove|Unsubscribe|Purge)/;
/** Whose own parts are what is heard by; the rest is what works on it. */
const HEARD_BY = ['cloudtrail.amazonaws.com', 'events.amazonaws.com', 'sns.amazonaws.com'];
const LAMBDA = 'lambda.amazonaws.com';

/**
 * The alert for a call that touched what this monitor hears by or works with: its rules, bus and topic, its functions, queues, schedules, table
 * and bucket, and any trail, since without one no change is heard of. `undefined` if it touched none of them.
 */
export function tamperingAlert(event: ChangeEvent, own: OwnParts): Alert | undefined {
  // some of Lambda's calls are changes of reach, too, and so of another tier
  if ((event.tier !== 4 && event.source !== LAMBDA) || !event.isEffective) return undefined;
  const touched = touchedBy(event, own);
  if (touched.length === 0) return undefined;
  const { actor, account, region, time, name, source } = event;
  const isHeardBy = HEARD_BY.includes(source);
  const takesAway = TAKES_AWAY.test(name);
  const deployment = deploymentOf(event);
  return draftAlert(
    {
      kind: 'tampering',
      severity: takesAway ? 'critical' : deployment === undefined ? 'high' : 'medium',
      headline: `${name} on ${touched.join(', ')}: Postern ${isHeardBy ? 'hears of changes by it' : 'works by it'}`,
      details: [
        isHeardBy
          ? 'Changes may go unheard from now on; the hourly read still finds what they did'
          : 'Changes may go unseen or untold from now on',
        ...(deployment === undefined
          ? []
          : [
              'It was CloudFormation that did it, as in a deployment of Postern; what else it does there for the same caller within the hour is not told',
            ]),
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
      id: `tampering-${account}-${deployment ?? `${region}-${event.eventId}`}`,
    },
  );
}

/**
 * What the calls of one deployment have in common, for the alert's id: a deployment touches a dozen rules in every Region, and is one alert, or
 * one more for each Region where it takes something away. Only AWS writes `invokedBy`; what a caller says of itself does not count.
 */
function deploymentOf({ actor, name, region, time }: ChangeEvent): string | undefined {
  if (actor.invokedBy !== 'cloudformation.amazonaws.com') return undefined;
  // the session of a role that CloudFormation takes on is another one in each Region
  const { kind, name: by } = actor.onBehalfOf ?? actor;
  const caller = encodeURIComponent(`${kind} ${actor.role || by}`);
  const hour = time.slice(0, 'yyyy-mm-ddThh'.length);
  return TAKES_AWAY.test(name)
    ? `${region}-cloudformation-takes-${hour}-${caller}`
    : `cloudformation-${hour}-${caller}`;
}

function touchedBy(event: ChangeEvent, { busName, topicArn }: OwnParts): readonly string[] {
  switch (event.source) {
    case 'cloudtrail.amazonaws.com':
      return event.names.length > 0 ? event.names : ['a trail'];
    case 'sns.amazonaws.com':
      return tampersWith(event, [topicArn]);
    default:
      // CloudFormation makes a bucket's name of the stack's, in small letters
      return event.names.filter((name) =>
        name
          .toLowerCase()
          .split(/[/:]/)
          .some((part) => part === busName.toLowerCase() || part.startsWith(`${busName.toLowerCase()}-`)),
      );
  }
}
