import type { ReactElement } from 'react';
import type { PageSection, Tone } from '../page.ts';
import { COLOURS, INK, SANS } from './look.ts';

type Rows = Extract<PageSection, { kind: 'table' }>;

/** Names on the left with their share as a bar below, numbers on the right; on narrow screens numbers stand below their name. */
export function TableView({ section: { head, rows } }: { readonly section: Rows }): ReactElement {
  return (
    <table width="100%" cellPadding={0} cellSpacing={0} border={0}>
      <thead>
        <tr className="tr">
          {head.map((title, i) => (
            <th
              key={title}
              scope="col"
              align={i === 0 ? 'left' : 'right'}
              {...(i > 0 && { width: widthOf(rows, i) })}
              className={i === 0 ? 'blank' : `faint num ${shareOf(head, rows, i)}`}
              style={{ ...NUMBER, fontWeight: 400, fontSize: 11, color: COLOURS.faint }}
            >
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ cells, share, tone }, i) => (
          <tr key={`${String(i)} ${cells[0] ?? ''}`} className="tr">
            <td className="line text name" valign="top" style={NAME}>
              {cells[0]}
              {share !== undefined && <Share share={share} tone={tone} />}
            </td>
            {cells.slice(1).map((cell, column) => (
              <td
                key={head[column + 1]}
                className={`line text num ${shareOf(head, rows, column + 1)}`}
                align="right"
                valign="top"
                style={{ ...NUMBER, ...LINE, color: COLOURS.text }}
              >
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Numbers have columns of one width, so that they can be compared; words take what they need. */
function widthOf(rows: Rows['rows'], column: number): number {
  const longest = Math.max(...rows.map(({ cells }) => (cells[column] ?? '').length));
  return longest <= 6 ? 46 : longest <= 10 ? 70 : 170;
}

/** The class of a column that says how much of a narrow screen it takes: words half of it, numbers the rest in equal parts. */
function shareOf(head: readonly string[], rows: Rows['rows'], column: number): string {
  const isWords = (each: number): boolean => widthOf(rows, each) > 100;
  if (!head.some((_, i) => i > 0 && isWords(i))) return 'w16';
  return isWords(column) ? 'w56' : 'w22';
}

const LINE = { borderTop: `1px solid ${COLOURS.line}` } as const;
const NUMBER = {
  fontFamily: SANS,
  fontSize: 13,
  lineHeight: '20px',
  padding: '7px 0 7px 10px',
} as const;
const NAME = {
  ...LINE,
  fontFamily: SANS,
  fontSize: 13,
  lineHeight: '20px',
  color: COLOURS.text,
  padding: '7px 0',
} as const;

/** A bar is two cells of a table, the first with a width and a colour. */
function Share({ share, tone }: { readonly share: number; readonly tone: Tone }): ReactElement {
  const percent = Math.round(100 * Math.min(1, Math.max(0, share)));
  const cell = { fontSize: 1, lineHeight: '4px', height: 4 } as const;
  return (
    <table
      role="presentation"
      width="100%"
      cellPadding={0}
      cellSpacing={0}
      border={0}
      style={{ marginTop: 4 }}
    >
      <tbody>
        <tr>
          {percent > 0 && (
            <td
              className={`b-${tone}`}
              width={`${String(percent)}%`}
              style={{ ...cell, backgroundColor: INK[tone] }}
            >
              &nbsp;
            </td>
          )}
          {percent < 100 && (
            <td className="track" style={{ ...cell, backgroundColor: COLOURS.line }}>
              &nbsp;
            </td>
          )}
        </tr>
      </tbody>
    </table>
  );
}
