import type { LabelExpression, Labels, LabelSelector } from './objects.ts';
import { notDefined } from './question.ts';

/**
 * All of matchLabels and all of matchExpressions have to hold; an empty selector holds for everything.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#resources-that-support-set-based-requirements
 */
export function isSelected(selector: LabelSelector, labels: Labels): boolean {
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
    if (labels[key] !== value) return false;
  }
  for (const expression of selector.matchExpressions ?? []) {
    if (!holds(expression, labels)) return false;
  }
  return true;
}

function holds({ key, operator, values }: LabelExpression, labels: Labels): boolean {
  const own = Object.hasOwn(labels, key) ? labels[key] : undefined;
  const listed = values ?? [];
  switch (operator) {
    case 'In':
      if (listed.length === 0) notDefined('In wants values');
      return own !== undefined && listed.includes(own);
    case 'NotIn':
      if (listed.length === 0) notDefined('NotIn wants values');
      // Holds also for what has no such label.
      return own === undefined || !listed.includes(own);
    case 'Exists':
      if (listed.length > 0) notDefined('Exists takes no values');
      return own !== undefined;
    case 'DoesNotExist':
      if (listed.length > 0) notDefined('DoesNotExist takes no values');
      return own === undefined;
    default:
      return notDefined(`no operator ${operator}`);
  }
}
