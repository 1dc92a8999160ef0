import {
  CHECK_INFO,
  CHECK_IDS,
  controlsFor,
  FRAMEWORK_IDS,
  FRAMEWORKS,
  REMARK_INFO,
  type Facet,
} from '#findings';

/** What a check may touch at most. */
const ALL_FACETS: readonly Facet[] = [
  'ipv4',
  'ipv6',
  'remote-admin',
  'ssh',
  'rdp',
  'ssh-or-rdp',
  'smb',
  'high-risk',
];

/** The catalogue of all checks, as a page of Markdown. */
export function checksPage(): string {
  return [
    '# Checks',
    '',
    'This page is made from the code: `UPDATE_CASES=1 npx vitest run test/cases/docs.test.ts` writes it anew.',
    '',
    'A † marks a mapping of our own, which no published one says. Which of the controls a finding touches depends on its address family and',
    'ports; a report lists those of each finding.',
    '',
    ...CHECK_IDS.flatMap((id) => {
      const { title, reason, example, severity, whatToDo } = CHECK_INFO[id];
      return [
        `## ${title}`,
        '',
        `\`${id}\``,
        '',
        reason,
        '',
        `**Example.** ${example}`,
        '',
        `**Severity.** ${severity}`,
        '',
        `**What to do.** ${whatToDo}`,
        '',
        ...controlLines(id),
        '',
      ];
    }),
    '## Worth tidying up',
    '',
    'Remarks are no findings: nothing is open by them, nobody is alerted, no run fails and the risk does not count them. `postern audit` lists them at the end.',
    '',
    ...Object.entries(REMARK_INFO).flatMap(([id, { title, reason, example }]) => [
      `### ${title}`,
      '',
      `\`${id}\``,
      '',
      reason,
      '',
      `**Example.** ${example}`,
      '',
    ]),
    '## Frameworks',
    '',
    '| name | version | source | as of |',
    '| --- | --- | --- | --- |',
    ...Object.values(FRAMEWORKS).map(
      ({ title, version, url, date }) => `| ${title} | ${version} | <${url}> | ${date} |`,
    ),
    '',
  ].join('\n');
}

function controlLines(id: (typeof CHECK_IDS)[number]): string[] {
  const controls = controlsFor(id, ALL_FACETS);
  return FRAMEWORK_IDS.flatMap((framework) => {
    const ids = controls
      .filter((control) => control.framework === framework)
      .map((control) => `${control.id}${control.isOurs ? '†' : ''}`);
    return ids.length === 0 ? [] : [`- ${FRAMEWORKS[framework].short}: ${ids.join(', ')}`];
  });
}
