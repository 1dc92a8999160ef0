import { idOf, type GroupId, type SourceRef } from '#model';
import { BlindSpots } from './blind-spots.ts';
import type { Place } from './place.ts';
import { Target } from './target.ts';

/** A managed service as its own record shows it: the groups that filter it, whether or not its interfaces were read. */
export type ServiceFilter = {
  readonly id: string;
  readonly kind: 'database' | 'search';
  readonly groups: readonly GroupId[];
  /** Whether it answers in the state it is in. */
  readonly isUsable: boolean;
  readonly status: string;
  readonly at: SourceRef;
};

/** States in which a database does not answer. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/accessing-monitoring.html */
const DOWN = new Set(['creating', 'deleting', 'stopped', 'stopping', 'failed', 'rebooting', 'moving-to-vpc']);

export function serviceFilters(snapshot: unknown): readonly ServiceFilter[] {
  const target = new Target(snapshot, new BlindSpots());
  const databases = target.items('DescribeDBInstances').map(({ id, place }): ServiceFilter => {
    const status = place.text('DBInstanceStatus');
    const groups = place
      .items('VpcSecurityGroups')
      .flatMap((group) => group.text('VpcSecurityGroupId') ?? []);
    return filterOf(id, 'database', groups, status ?? '', isUsableStatus(status), place);
  });
  const domains = target.items('DescribeDomains').map(({ id, place }): ServiceFilter => {
    const groups = place
      .child('VPCOptions')
      .items('SecurityGroupIds')
      .flatMap(({ value }) => (typeof value === 'string' ? value : []));
    const status =
      place.raw('Deleted') === true ? 'deleted' : place.raw('Created') === false ? 'creating' : 'active';
    return filterOf(id, 'search', groups, status, status === 'active', place);
  });
  return [...databases, ...domains];
}

/** What has no state that could be read counts as usable. */
export function isUsableStatus(status: string | undefined): boolean {
  return status === undefined || !DOWN.has(status.toLowerCase());
}

function filterOf(
  id: string,
  kind: ServiceFilter['kind'],
  groups: readonly string[],
  status: string,
  isUsable: boolean,
  place: Place,
): ServiceFilter {
  return {
    id,
    kind,
    groups: groups.map((group) => idOf<'group'>(group)),
    isUsable,
    status,
    at: place.ref(id),
  };
}
