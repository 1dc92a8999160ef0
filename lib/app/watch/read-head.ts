import type { Tracked } from '#findings';
import type { Head, ObjectStore } from '#store';
import { briefShape, type Brief } from './brief.ts';

/** What is remembered of a target's findings; nothing, where the object has outlived its retention. */
export async function trackedOf(
  { findings }: Head,
  { objects }: { readonly objects: ObjectStore },
): Promise<readonly Tracked[]> {
  const text = await objects.get(findings);
  return text === undefined ? [] : (JSON.parse(text) as Tracked[]);
}

/** What was said in short of a target; absent in heads of before there were briefs, and where the object is gone. */
export async function readBrief(
  { brief }: Head,
  { objects }: { readonly objects: ObjectStore },
): Promise<Brief | undefined> {
  const text = brief === undefined ? undefined : await objects.get(brief);
  if (text === undefined) return undefined;
  const parsed = briefShape.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : undefined;
}
