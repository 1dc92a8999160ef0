import { FRAMEWORK_IDS, FRAMEWORKS } from '#findings';
import type { Digest, DigestFinding } from '#report';

/** How many open findings touch each framework, and which of its controls most. What was accepted counts: whoever attests has to know. */
export function frameworksOf(open: readonly DigestFinding[]): Digest['frameworks'] {
  return FRAMEWORK_IDS.flatMap((id) => {
    const touching = open.filter(({ controls }) => controls.some(({ framework }) => framework === id));
    if (touching.length === 0) return [];
    const counts = new Map<string, { isOurs: boolean; findings: number }>();
    for (const { controls } of touching)
      for (const control of controls) {
        if (control.framework !== id) continue;
        const { findings } = counts.get(control.id) ?? { findings: 0 };
        counts.set(control.id, { isOurs: control.isOurs, findings: findings + 1 });
      }
    const { title, short: name } = FRAMEWORKS[id];
    return [
      {
        id,
        title,
        name,
        findings: touching.length,
        controls: [...counts]
          .map(([control, count]) => ({ id: control, ...count }))
          .toSorted((a, b) => b.findings - a.findings || (a.id < b.id ? -1 : 1)),
      },
    ];
  });
}
