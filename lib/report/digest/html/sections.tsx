import type { ReactElement } from 'react';
import type { PageItem, PageSection } from '../page.ts';
import { COLOURS, INK, MONO, SANS } from './look.ts';
import { WeeksChart } from './weeks-chart.tsx';
import { TableView } from './table-view.tsx';

export function SectionView({ section }: { readonly section: PageSection }): ReactElement {
  const more = 'more' in section ? section.more : undefined;
  const note = section.note === undefined ? null : <Note text={section.note} />;
  return (
    <>
      <h2 className="text" style={TITLE}>
        {section.title}
      </h2>
      {section.kind === 'items' && note}
      {section.kind === 'items' &&
        section.items.map((item, i) => <Item key={`${String(i)} ${item.title}`} item={item} />)}
      {section.kind === 'weeks' && <WeeksChart weeks={section.weeks} />}
      {section.kind === 'table' && <TableView section={section} />}
      {more !== undefined && <Note text={more} />}
      {section.kind !== 'items' && note}
    </>
  );
}

const TITLE = {
  fontSize: 15,
  lineHeight: '22px',
  fontWeight: 600,
  color: COLOURS.text,
  margin: '34px 0 8px',
} as const;

function Note({ text }: { readonly text: string }): ReactElement {
  return (
    <div
      className="faint"
      style={{ fontSize: 12, lineHeight: '18px', color: COLOURS.faint, padding: '6px 0 8px' }}
    >
      {text}
    </div>
  );
}

function Item({
  item: { tone, tag, title, facts, commands, link },
}: {
  readonly item: PageItem;
}): ReactElement {
  return (
    <table role="presentation" width="100%" cellPadding={0} cellSpacing={0} border={0}>
      <tbody>
        <tr>
          <td
            className="line"
            style={{ borderTop: `1px solid ${COLOURS.line}`, padding: '10px 0', fontFamily: SANS }}
          >
            <div
              className={tone}
              style={{ fontSize: 11, lineHeight: '16px', fontWeight: 700, color: INK[tone] }}
            >
              {tag}
            </div>
            <div className="text" style={{ fontSize: 14, lineHeight: '20px', color: COLOURS.text }}>
              {title}
            </div>
            {facts.map((fact, i) => (
              <div
                key={`${String(i)} ${fact}`}
                className="faint"
                style={{ fontSize: 12, lineHeight: '18px', color: COLOURS.faint }}
              >
                {fact}
              </div>
            ))}
            {link !== undefined && (
              <div style={{ fontSize: 12, lineHeight: '18px' }}>
                <a className="link" href={link.url} style={{ color: COLOURS.link }}>
                  {link.text}
                </a>
              </div>
            )}
            {commands.map((command) => (
              <div key={command} className="code" style={CODE}>
                {command}
              </div>
            ))}
          </td>
        </tr>
      </tbody>
    </table>
  );
}

const CODE = {
  fontFamily: MONO,
  fontSize: 12,
  lineHeight: '18px',
  color: COLOURS.text,
  backgroundColor: COLOURS.code,
  border: `1px solid ${COLOURS.line}`,
  padding: '8px 10px',
  marginTop: 8,
} as const;
