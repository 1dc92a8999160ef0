import { IpSet, parseCidr } from '#netset';
import type { Place } from '../place.ts';

/** A target group that a listener passes on to, for some or for all clients. */
export type Forward = {
  readonly group: string;
  readonly clients?: IpSet;
  /** Set where it is only for clients that have logged in. */
  readonly isGuarded?: true;
};

export type Forwards = {
  readonly to: readonly Forward[];
  /** An action that is not known, which may hand on to anything. */
  readonly strange: string | undefined;
};

const ANSWERS = new Set(['redirect', 'fixed-response']);
/** Actions that come before a forward and let through whoever has logged in, with the member that may say that all others are too. */
const GUARDS: ReadonlyMap<string, string> = new Map([
  ['authenticate-oidc', 'AuthenticateOidcConfig'],
  ['authenticate-cognito', 'AuthenticateCognitoConfig'],
  ['jwt-validation', 'JwtValidationConfig'],
]);

/**
 * Whom the actions of a listener, or of one of its rules, hand on to. A redirect tells the client to come again elsewhere and hands nothing on.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html#rule-action-types
 */
export function forwardsOf(actions: readonly Place[], clients?: IpSet): Forwards {
  let strange: string | undefined;
  const isGuarded = actions.some(guards);
  const to = actions.flatMap((action) => {
    const type = action.words('Type').toLowerCase();
    if (type !== 'forward') {
      if (!ANSWERS.has(type) && !GUARDS.has(type))
        strange = type === '' ? 'an action that cannot be read' : type;
      return [];
    }
    return groupsOf(action).map((group) => ({
      group,
      ...(clients === undefined ? {} : { clients }),
      ...(isGuarded ? { isGuarded: true as const } : {}),
    }));
  });
  return { to, strange };
}

/**
 * Whether an action keeps out those who have not logged in.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AuthenticateOidcActionConfig.html
 */
function guards(action: Place): boolean {
  const config = GUARDS.get(action.words('Type').toLowerCase());
  return (
    config !== undefined && action.child(config).words('OnUnauthenticatedRequest').toLowerCase() !== 'allow'
  );
}

/** Of several groups by weight, one with the weight 0 gets nothing. */
function groupsOf(action: Place): string[] {
  const weighted = action.child('ForwardConfig').items('TargetGroups');
  const positive = weighted.filter((each) => each.raw('Weight') !== 0);
  const named = positive.flatMap((each) => each.text('TargetGroupArn') ?? []);
  if (weighted.length > 0) return named;
  const single = action.text('TargetGroupArn');
  return single === undefined ? [] : [single];
}

/**
 * The clients for which a rule can match. Of all conditions only the source address is one that a client cannot choose.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
export function clientsOf(rule: Place): IpSet | undefined {
  let clients: IpSet | undefined;
  for (const condition of rule.items('Conditions')) {
    if (condition.words('Field') !== 'source-ip') continue;
    const values = condition.child('SourceIpConfig').items('Values');
    const cidrs = values.flatMap(({ value }) => (typeof value === 'string' ? (parseCidr(value) ?? []) : []));
    // what cannot be read may be anybody
    if (cidrs.length < values.length || values.length === 0) continue;
    const named = IpSet.from(cidrs);
    clients = clients === undefined ? named : clients.intersect(named);
  }
  return clients;
}
