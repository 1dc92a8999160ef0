import { SEVERITIES, type Alert, type AlertKind, type Severity } from '#findings';

/** What a channel gets: an alert that meets every condition that is given. */
export type Route = {
  /** A configured channel's name. */
  readonly channel: string;
  /** The least severity. */
  readonly from?: Severity;
  /** Account ids. */
  readonly accounts?: readonly string[];
  /** Organisational units, by id: the account is in one of them or below it. */
  readonly units?: readonly string[];
  /** Values of the workload's owner tag, letter by letter. */
  readonly owners?: readonly string[];
  readonly kinds?: readonly AlertKind[];
};

/** What no route may keep from anybody: the monitor is blind or meddled with, or somebody tries whether he is reached. */
const TO_ALL: readonly AlertKind[] = ['tampering', 'blind-spot', 'test'];

/**
 * The channels that get an alert, in the configured order. A channel without a route gets everything; one with routes gets what any of
 * them lets through.
 *
 * @param units the organisational units above the alert's account, from the root down; empty if unknown
 */
export function routesFor(
  alert: Alert,
  {
    channels,
    routes,
    units = [],
  }: {
    readonly channels: readonly string[];
    readonly routes: readonly Route[];
    readonly units?: readonly string[];
  },
): readonly string[] {
  if (TO_ALL.includes(alert.kind)) return channels;
  return channels.filter((channel) => {
    const own = routes.filter((route) => route.channel === channel);
    return own.length === 0 || own.some((route) => letsThrough(route, alert, units));
  });
}

function letsThrough(route: Route, alert: Alert, units: readonly string[]): boolean {
  const { owner, place, kind, severity } = alert;
  return (
    (route.from === undefined || SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(route.from)) &&
    route.accounts?.includes(place.account) !== false &&
    (route.units === undefined || route.units.some((unit) => units.includes(unit))) &&
    (route.owners === undefined || (owner !== undefined && route.owners.includes(owner))) &&
    route.kinds?.includes(kind) !== false
  );
}
