import type { Path, PathHop } from '#engine';
import { plain } from './plain.ts';
import type { Style } from './style.ts';

/** `internet ─ tcp 22 ─▶ bastion ─ tcp 22 ─▶ api-1`. */
export function pathLine(path: Path, style: Style): string {
  const first = path.hops[0].from;
  const start = first === undefined ? 'internet' : plain(first.name);
  const line =
    start + path.hops.map((hop) => ` ─ ${shortTransport(hop)} ─▶ ${style.bold(plain(hop.to.name))}`).join('');
  return path.isSure ? line : `${line}  ${style.yellow('? unknown')}`;
}

function shortTransport({ transport }: PathHop): string {
  const text = transport.toString();
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
