import type { Page, PageSection } from './page.ts';

/** A page whose entries have no text that is longer: for names that are long in a script of many bytes. Commands are whole or not there. */
export function shorterPage(page: Page, longest: number): Page {
  if (longest === Infinity) return page;
  const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);
  const sectionOf = (section: PageSection): PageSection => {
    switch (section.kind) {
      case 'items':
        return {
          ...section,
          items: section.items.map((item) => ({
            ...item,
            title: cut(item.title),
            facts: item.facts.map(cut),
          })),
        };
      case 'table':
        return { ...section, rows: section.rows.map((row) => ({ ...row, cells: row.cells.map(cut) })) };
      case 'weeks':
        return section;
    }
  };
  return { ...page, sections: page.sections.map(sectionOf) };
}
