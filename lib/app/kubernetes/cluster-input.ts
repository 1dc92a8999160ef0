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
  type Problem,
} from '#sources/kubernetes';
import { problemLine } from './problem-line.ts';

/**
 * What came of documents: manifests, or a saved reading among them, which then tells how it was read. What could not be read is left out; where it may
 * be a policy, a way that is open may be closed by it, and one that is closed opened.
 */
export function inputOfDocuments(name: string, { objects, problems }: Documents): ClusterInput {
  const reading = readingOf(objects.map(({ object }) => object));
  const unreadable = problems.map((problem, i) => ({ spot: unreadableSpot(problem, i), ...problem }));
  const input = reading === undefined ? withEnforcement({ name, objects }) : inputOfReading(reading, name);
  const lost = unreadable.filter(({ mayBePolicy }) => mayBePolicy);
  return {
    ...input,
    blindSpots: [
      ...unreadable.filter(({ mayBePolicy }) => !mayBePolicy).map(({ spot }) => spot),
      ...(input.blindSpots ?? []),
    ],
    doubts: [...lost.map(({ spot }) => ({ spot, mayAllow: true, mayDeny: true })), ...(input.doubts ?? [])],
  };
}

function unreadableSpot({ at, message, mayBePolicy }: Problem, i: number): BlindSpot {
  const line = problemLine({ kind: 'unreadable', at, object: '', field: '', message });
  const hides = mayBePolicy ? ', and it may be a policy' : '';
  return {
    id: idOf<'blind-spot'>(`unreadable-document:${at.file}:${String(at.line ?? i)}`),
    code: 'not-collected',
    effect: 'hides-ways',
    what: `${line}; what it holds is left out${hides}`,
    remedy:
      'Correct the document and ask again; a template has to be rendered first (helm template, kustomize build).',
  };
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
