import { sourceName, type Path } from '#engine';
import type { Alert } from '#findings';
import { plain, plainUpTo } from './plain.ts';
import type { Style } from './style.ts';

/** `internet ─ tcp 22 ─▶ bastion ─ tcp 22 ─▶ api-1`. */
export function pathLine(path: Path, style: Style): string {
  const hops = path.hops.map((hop) => ({
    from: sourceName(hop),
    to: hop.to.name,
    flows: hop.transport.toString(),
  }));
  const line = hopsLine(hops, style);
  return path.isSure ? line : `${line}  ${style.yellow('? unknown')}`;
}

export function hopsLine(hops: Alert['path'], style: Style): string {
  const start = plain(hops[0]?.from ?? '');
  return (
    start + hops.map(({ to, flows }) => ` ─ ${plainUpTo(40, flows)} ─▶ ${style.bold(plain(to))}`).join('')
  );
}
