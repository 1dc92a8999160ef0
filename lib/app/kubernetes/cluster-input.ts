import { idOf, type BlindSpot } from '#model';
import {
  assessEnforcement,
  byTopOwner,
  doubtsOf,
  readingOf,
  type ClusterInput,
  type ClusterReading,
  type Documents,
  type Enforcement,
} from '#sources/kubernetes';
import { problemLine } from './problem-line.ts';

/** What came of documents: manifests, or a saved reading among them, which then tells how it was read. */
export function inputOfDocuments(name: string, { objects, problems }: Documents): ClusterInput {
  const reading = readingOf(objects.map(({ object }) => object));
  const unreadable = problems.map(({ at, message }, i): BlindSpot => ({
    id: idOf<'blind-spot'>(`unreadable-document:${at.file}:${String(at.line ?? i)}`),
    code: 'not-collected',
    effect: 'hides-ways',
    what: `${problemLine({ kind: 'unreadable', at, object: '', field: '', message })}; what it holds is left out`,
    remedy:
      'Correct the document and ask again; a template has to be rendered first (helm template, kustomize build).',
  }));
  const input = reading === undefined ? withEnforcement({ name, objects }) : inputOfReading(reading, name);
  return { ...input, blindSpots: [...unreadable, ...(input.blindSpots ?? [])] };
}

/** What came of a live cluster. `file`: where it was saved, if it was. */
export function inputOfReading(reading: ClusterReading, file?: string): ClusterInput {
  const { context, blindSpots } = reading;
  const at = { file: file ?? `live ${context}` };
  const { doubts, others } = doubtsOf(blindSpots);
  const objects = byTopOwner(reading.objects.map((object) => ({ object, at })));
  return withEnforcement({ name: context, objects, blindSpots: others, doubts, isLive: true }, reading);
}

/**
 * Manifests without a cluster say nothing of where they will run: then the question is what they ask for, and whether anybody will do it is a
 * blind spot that changes no answer.
 */
function withEnforcement(input: ClusterInput, reading?: ClusterReading): ClusterInput {
  const objects = reading?.objects ?? input.objects.map(({ object }) => object);
  const enforcement = assessEnforcement(objects, reading);
  if (enforcement.basis === 'cluster') return { ...input, enforcement };
  return { ...input, blindSpots: [...(input.blindSpots ?? []), assumed(enforcement)] };
}

function assumed({ sentence, remedy }: Enforcement): BlindSpot {
  return {
    id: idOf<'blind-spot'>('enforcement:assumed'),
    code: 'not-collected',
    effect: 'hides-ways',
    what: `${sentence}; what is shown is what holds if they are`,
    remedy,
  };
}
