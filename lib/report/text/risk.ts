import type { Risk } from '#findings';
import { plain } from './plain.ts';
import type { Style } from './style.ts';

/** How many parts a line has room for. */
const MOST = 3;

/** The risk of an account in a line, and what brings about most of it: `risk 56.7 of 100: 31.7 bastion, 12.5 web and 2 more`. */
export function riskLine({ score, parts }: Risk, style: Style): string {
  const shown = parts
    .slice(0, MOST)
    .map(({ points, subject }) => `${points.toFixed(1)} ${plain(subject.name)}`);
  const rest = parts.length > MOST ? ` and ${String(parts.length - MOST)} more` : '';
  const made = parts.length === 0 ? '' : `: ${shown.join(', ')}${rest}`;
  return `risk ${style.bold(score.toFixed(1))} of 100${made}`;
}
