import type { ChangeEvent } from './read-event.ts';

const ARN = /^arn:[^:]*:([^:]*):([^:]*):([^:]*):(.+)$/;

type Named = {
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly name: string;
};

/**
 * Which of a monitor's own resources (trails, rules, buses, topics: names or ARNs) an event of tier 4 touches, in the order given.
 * An event that has lost its parameters names nothing; if it is CloudTrail's, it counts as touching the trail. A refused call
 * touches what it was aimed at: ask `isEffective` too.
 */
export function tampersWith(event: ChangeEvent, ownNames: readonly string[]): string[] {
  if (event.tier !== 4) return [];
  if (event.names.length === 0) {
    if (event.source !== 'cloudtrail.amazonaws.com') return [];
    const trails = ownNames.filter((own) => (ARN.exec(own)?.[1] ?? 'cloudtrail') === 'cloudtrail');
    return trails.length > 0 ? trails : [...ownNames];
  }
  const service = event.source.split('.')[0] ?? '';
  const touched = event.names.map((text) => namedBy(text, { ...event, service }));
  return ownNames.filter((text) => {
    const own = namedBy(text, { service: '', region: '', account: '' });
    return touched.some((other) => isSame(own, other));
  });
}

/** A plain name is one of the event's own service, account and Region. */
function namedBy(text: string, place: Omit<Named, 'name'>): Named {
  const [, service, region, account, resource] = ARN.exec(text) ?? [];
  const { service: inService, region: inRegion, account: inAccount } = place;
  if (resource === undefined) return { service: inService, region: inRegion, account: inAccount, name: text };
  return {
    service: service ?? '',
    region: region ?? '',
    account: account ?? '',
    name: nameIn(service ?? '', resource),
  };
}

/** `trail/audit`, `rule/bus/nightly`, `event-bus/own`, a topic, and a topic's subscription. */
function nameIn(service: string, resource: string): string {
  return (service === 'sns' ? resource.split(':')[0] : resource.split('/').at(-1)) ?? '';
}

/** What one side leaves open, the other may have. */
function isSame(own: Named, touched: Named): boolean {
  const fits = (a: string, b: string): boolean => a === '' || b === '' || a === b;
  return (
    own.name === touched.name &&
    fits(own.service, touched.service) &&
    fits(own.region, touched.region) &&
    fits(own.account, touched.account)
  );
}
