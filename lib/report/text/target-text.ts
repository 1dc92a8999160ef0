import type { RouteTarget } from '#model';
import { plain } from './plain.ts';

/** Where a route leads, in words. */
export function targetText(target: RouteTarget): string {
  switch (target.kind) {
    case 'local':
      return 'local';
    case 'gateway':
      return plain(target.gateway);
    case 'blackhole':
      return `blackhole (${plain(target.text)}${target.why === undefined ? '' : `: ${target.why}`})`;
    case 'inspected':
      return `${plain(target.text)} (inspects; what it drops is not read)`;
    case 'unknown':
      return `${plain(target.text)} (not followed)`;
  }
}
