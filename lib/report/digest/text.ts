import type { Page, PageItem, PageSection } from './page.ts';

const COLUMNS = 76;
const BAR = 40;
const TAG = 9;

/** A digest for whoever reads mail as text: all that the page says, in its order, at the width of a mail. Commands are one line each. */
export function digestTextOf(page: Page): string {
  const { organisation, period, headline, figures, sections, foot } = page;
  const lines = [
    `Postern weekly: ${organisation}`,
    period,
    '',
    ...wrapped(headline.join(' '), ''),
    '',
    ...figures.map(({ label, value, note }) => `  ${label.padEnd(14)}${value.padStart(8)}   ${note}`),
    ...sections.flatMap((section) => ['', '', section.title.toUpperCase(), '', ...sectionLines(section)]),
    '',
    '',
    '-- ',
    ...foot.flatMap((text) => wrapped(text, '')),
  ];
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function sectionLines(section: PageSection): readonly string[] {
  const note = section.note === undefined ? [] : [...wrapped(section.note, '  ')];
  switch (section.kind) {
    case 'items': {
      const items = section.items.flatMap((item, i) => [
        ...(i === 0 && note.length === 0 ? [] : ['']),
        ...itemLines(item),
      ]);
      return [...note, ...items, ...more(section.more)];
    }
    case 'weeks':
      return [
        ...section.weeks.map(({ label, risk }) => {
          const bar = '█'.repeat(Math.round(((risk ?? 0) * BAR) / 100));
          return `  W${label}  ${risk === undefined ? '   –  not recorded' : `${String(Math.round(risk)).padStart(4)}  ${bar}`}`;
        }),
        ...(note.length === 0 ? [] : ['', ...note]),
      ];
    case 'table':
      return [...tableLines(section), ...more(section.more), ...(note.length === 0 ? [] : ['', ...note])];
  }
}

function itemLines({ tag, title, facts, commands, link }: PageItem): readonly string[] {
  return [
    ...(tag.length <= TAG
      ? wrapped(title, `  ${tag.padEnd(TAG)} `)
      : [`  ${tag}`, ...wrapped(title, ' '.repeat(TAG + 3))]),
    ...facts.flatMap((fact) => wrapped(fact, ' '.repeat(TAG + 3))),
    // an address that is broken leads nowhere, so it has a line of its own
    ...(link === undefined ? [] : [`${' '.repeat(TAG + 3)}${link.text}:`, link.url]),
    ...commands.flatMap((command) => ['', command]),
    ...(commands.length === 0 ? [] : ['']),
  ];
}

/** Columns as wide as their texts; a name that is long has a line of its own. */
function tableLines({ head, rows }: Extract<PageSection, { kind: 'table' }>): readonly string[] {
  const widths = head.map((title, i) =>
    Math.max(title.length, ...rows.map(({ cells }) => (cells[i] ?? '').length)),
  );
  const rest = widths.slice(1).reduce((sum, width) => sum + width + 2, 0);
  const name = Math.min(widths[0] ?? 0, Math.max(16, COLUMNS - rest - 4));
  const numbers = (cells: readonly string[]): string =>
    cells
      .slice(1)
      .map((cell, i) => `  ${cell.padStart(widths[i + 1] ?? 0)}`)
      .join('');
  const row = (cells: readonly string[]): readonly string[] => {
    const first = cells[0] ?? '';
    return first.length <= name
      ? [`  ${first.padEnd(name)}${numbers(cells)}`]
      : [`  ${first}`, `  ${''.padEnd(name)}${numbers(cells)}`];
  };
  return [...row(head), ...rows.flatMap(({ cells }) => row(cells))];
}

function more(text: string | undefined): readonly string[] {
  return text === undefined ? [] : ['', `  ${text}`];
}

/** A text as lines, broken between words; the first begins with `first`, the others with `hang`. A word that is too long stands alone. */
function wrapped(text: string, first: string, hang = ' '.repeat(first.length)): readonly string[] {
  const lines: string[] = [];
  let [line, isEmpty] = [first, true];
  for (const word of text.split(' ')) {
    if (!isEmpty && line.length + 1 + word.length > COLUMNS) {
      lines.push(line);
      [line, isEmpty] = [hang, true];
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}
