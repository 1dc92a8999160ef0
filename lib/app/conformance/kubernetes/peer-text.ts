import { isEveryone, nameOf, type PodSelection } from '#sources/kubernetes';

/** A potential peer as the cases write it: `backend/[pod with {app=db}]`. */
export function peerText(selection: PodSelection | undefined): string {
  if (selection === undefined) return 'entire-cluster';
  const name = nameOf(selection.namespaces);
  const namespace =
    name ??
    (selection.namespaces.kind === 'selected' && !isEveryone(selection.namespaces.by)
      ? `[namespace with {${termsText(selection.namespaces.by)}}]`
      : '[all namespaces]');
  return `${namespace}/${isEveryone(selection.pods) ? '[all pods]' : `[pod with {${termsText(selection.pods)}}]`}`;
}

function termsText({ matchLabels = {}, matchExpressions = [] }: PodSelection['pods']): string {
  return [
    ...Object.entries(matchLabels)
      .sort()
      .map(([key, value]) => `${key}=${value}`),
    ...matchExpressions
      .map(
        ({ key, operator, values = [] }) => `{Key:${key},Operator:${operator},Values:[${values.join(' ')}],}`,
      )
      .sort(),
  ].join(',');
}
