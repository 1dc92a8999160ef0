import type { Draft } from './draft.ts';
import type { Place } from './place.ts';
import { tagsOf } from './tags.ts';
import type { Target } from './target.ts';

export type InstanceRecord = {
  readonly state: string | undefined;
  readonly tags: ReadonlyMap<string, string>;
  readonly place: Place;
};

export function readInstances(draft: Draft): ReadonlyMap<string, InstanceRecord> {
  const records = new Map<string, InstanceRecord>();
  for (const target of draft.targets) {
    for (const { id, place } of instancesOf(target)) {
      records.set(id, {
        state: place.child('State').text('Name')?.toLowerCase(),
        tags: tagsOf(place),
        place,
      });
    }
  }
  return records;
}

/** The instances of a target, which AWS answers in groups that were launched together. */
export function instancesOf(target: Target): readonly { readonly id: string; readonly place: Place }[] {
  return target
    .items('DescribeInstances')
    .flatMap(({ place }) => place.items('Instances'))
    .flatMap((place) => {
      const id = place.text('InstanceId');
      if (id === undefined) target.distrust('DescribeInstances', place.odd('InstanceId', 'an id'));
      return id === undefined ? [] : [{ id, place }];
    });
}
