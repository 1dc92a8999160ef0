import { count, type Remark, type RemarkId } from '#findings';
import { plain, plainUpTo } from './plain.ts';
import type { Style } from './style.ts';
import { wrap } from './wrap.ts';

/** How many of one check, and how many rules of one remark, are named before the rest is counted. */
const NAMED = 4;

/** What is worth tidying up, by check; each is named or counted, none left out. No lines where there is nothing. */
export function remarkLines(remarks: readonly Remark[], style: Style): string[] {
  if (remarks.length === 0) return [];
  const byCheck = new Map<RemarkId, Remark[]>();
  for (const remark of remarks) {
    const known = byCheck.get(remark.check);
    if (known === undefined) byCheck.set(remark.check, [remark]);
    else known.push(remark);
  }
  const lines = [
    `${style.bold('worth tidying up')}   ${count(remarks.length, 'remark')}; nothing is open by it`,
  ];
  for (const [check, all] of byCheck) {
    for (const { title, subject, rules } of all.slice(0, NAMED)) {
      lines.push(`  - ${plainUpTo(500, title)}`);
      const named = rules.slice(0, NAMED).map(({ rule }) => plain(rule.id));
      const more = rules.length > NAMED ? ` and ${String(rules.length - NAMED)} more` : '';
      lines.push(style.dim(`    ${[check, plain(subject.id), ...named].join('  ')}${more}`));
    }
    if (all.length > NAMED)
      lines.push(`    and ${String(all.length - NAMED)} more of ${check}; --format json lists them`);
  }
  return wrap(lines);
}
