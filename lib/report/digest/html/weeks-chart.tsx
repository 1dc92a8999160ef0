import type { ReactElement } from 'react';
import type { PageSection } from '../page.ts';
import { COLOURS, SANS } from './look.ts';

const HEIGHT = 72;

/** Twelve columns of a table: a bar is a cell with a height and a colour, which every mail program draws. */
export function WeeksChart({ weeks }: Pick<Extract<PageSection, { kind: 'weeks' }>, 'weeks'>): ReactElement {
  const highest = Math.max(10, ...weeks.map(({ risk }) => risk ?? 0));
  return (
    <table role="presentation" width="100%" cellPadding={0} cellSpacing={0} border={0}>
      <tbody>
        <tr>
          {weeks.map(({ label, risk }, i) => (
            <td key={label} width="8%" valign="bottom" align="center" height={HEIGHT + 18} style={CELL}>
              <Bar risk={risk} highest={highest} isLast={i === weeks.length - 1} />
            </td>
          ))}
        </tr>
        <tr>
          {weeks.map(({ label }) => (
            <td
              key={label}
              align="center"
              className="faint line"
              style={{ ...CELL, color: COLOURS.faint, borderTop: `1px solid ${COLOURS.line}`, paddingTop: 4 }}
            >
              {label}
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  );
}

const CELL = { fontFamily: SANS, fontSize: 11, lineHeight: '16px', padding: '0 2px' } as const;

function Bar({
  risk,
  highest,
  isLast,
}: {
  readonly risk: number | undefined;
  readonly highest: number;
  readonly isLast: boolean;
}): ReactElement {
  const height = risk === undefined ? 0 : Math.max(2, Math.round((risk / highest) * HEIGHT));
  return (
    <table role="presentation" width="100%" cellPadding={0} cellSpacing={0} border={0}>
      <tbody>
        <tr>
          <td
            align="center"
            className={isLast ? 'text' : 'faint'}
            style={{ ...CELL, color: isLast ? COLOURS.text : COLOURS.faint, fontWeight: isLast ? 700 : 400 }}
          >
            {risk === undefined ? '–' : Math.round(risk)}
          </td>
        </tr>
        {height > 0 && (
          <tr>
            <td
              className="bar"
              height={height}
              style={{ backgroundColor: COLOURS.bar, height, fontSize: 1, lineHeight: '1px' }}
            >
              &nbsp;
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
