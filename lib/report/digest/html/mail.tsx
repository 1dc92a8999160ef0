import type * as ReactEmail from '@react-email/components';
import type { ReactElement } from 'react';
import type { Page } from '../page.ts';
import { COLOURS, INK, SANS, SERIF, STYLE, WIDTH } from './look.ts';
import { SectionView } from './sections.tsx';

/**
 * A page as the HTML of a mail: tables with inlined styles, no images, no script. React escapes every text.
 *
 * React Email's own `render` is not used: it brings a pretty-printer and a converter to text, 240 kB zipped, for what one call of react-dom does. Both
 * libraries are loaded here and not before, since most commands have no mail to make, and they take half a second.
 */
export async function digestHtmlOf(page: Page): Promise<string> {
  const [{ renderToStaticMarkup }, email] = await Promise.all([
    import('react-dom/server'),
    import('@react-email/components'),
  ]);
  return `<!DOCTYPE html>${renderToStaticMarkup(<Mail page={page} email={email} />)}`;
}

/** A name without a gap must not make the mail wider than the screen; what is in the cell inherits it. */
const PAD = { padding: '0 32px', wordBreak: 'break-word' } as const;

function Mail({ page, email }: { readonly page: Page; readonly email: typeof ReactEmail }): ReactElement {
  const { Body, Column, Container, Head, Html, Preview, Row, Section } = email;
  const { organisation, period, headline, figures, sections, foot } = page;
  return (
    <Html lang="en" dir="ltr">
      <Head>
        <title>{`Postern weekly: ${organisation}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{STYLE}</style>
      </Head>
      <Preview>{headline.join(' ')}</Preview>
      <Body className="paper" style={{ margin: 0, padding: 0 }}>
        <table role="presentation" width="100%" cellPadding={0} cellSpacing={0} border={0}>
          <tbody>
            <tr>
              <td className="paper" style={{ backgroundColor: COLOURS.paper, padding: '24px 8px' }}>
                <Container
                  className="card"
                  style={{
                    backgroundColor: COLOURS.card,
                    border: `1px solid ${COLOURS.line}`,
                    maxWidth: WIDTH,
                    width: '100%',
                    margin: '0 auto',
                    fontFamily: SANS,
                  }}
                >
                  <Section>
                    <Row>
                      <Column className="pad" style={{ ...PAD, paddingTop: 28, fontFamily: SANS }}>
                        <Masthead organisation={organisation} period={period} />
                        <Headline sentences={headline} />
                      </Column>
                    </Row>
                  </Section>
                  <Section>
                    <Row>
                      <Column className="pad" style={PAD}>
                        <Figures figures={figures} />
                      </Column>
                    </Row>
                  </Section>
                  {sections.map((section) => (
                    <Section key={section.title}>
                      <Row>
                        <Column className="pad" style={{ ...PAD, fontFamily: SANS }}>
                          <SectionView section={section} />
                        </Column>
                      </Row>
                    </Section>
                  ))}
                  <Section>
                    <Row>
                      <Column className="pad faint" style={{ ...PAD, ...FOOT }}>
                        {foot.map((text) => (
                          <div key={text} style={{ paddingBottom: 6 }}>
                            {text}
                          </div>
                        ))}
                      </Column>
                    </Row>
                  </Section>
                </Container>
              </td>
            </tr>
          </tbody>
        </table>
      </Body>
    </Html>
  );
}

const FOOT = {
  fontFamily: SANS,
  fontSize: 12,
  lineHeight: '18px',
  color: COLOURS.faint,
  paddingTop: 36,
  paddingBottom: 28,
} as const;

function Masthead({ organisation, period }: Pick<Page, 'organisation' | 'period'>): ReactElement {
  return (
    <>
      <div className="faint" style={{ fontSize: 11, letterSpacing: '2px', color: COLOURS.faint }}>
        POSTERN WEEKLY
      </div>
      <div
        className="text"
        style={{ fontSize: 16, lineHeight: '24px', fontWeight: 600, color: COLOURS.text, paddingTop: 4 }}
      >
        {organisation}
      </div>
      <div className="faint" style={{ fontSize: 12, lineHeight: '18px', color: COLOURS.faint }}>
        {period}
      </div>
    </>
  );
}

/** What to say first is large; what goes with it is beside it. */
function Headline({
  sentences: [first, ...others],
}: {
  readonly sentences: readonly string[];
}): ReactElement {
  return (
    <>
      <h1 className="text" style={{ ...VOICE, fontSize: 25, lineHeight: '33px', margin: '22px 0 10px' }}>
        {first}
      </h1>
      <p className="text" style={{ ...VOICE, fontSize: 17, lineHeight: '26px', margin: '0 0 26px' }}>
        {others.join(' ')}
      </p>
    </>
  );
}

const VOICE = { fontFamily: SERIF, fontWeight: 400, color: COLOURS.text } as const;

function Figures({ figures }: Pick<Page, 'figures'>): ReactElement {
  return (
    <table role="presentation" width="100%" cellPadding={0} cellSpacing={0} border={0}>
      <tbody>
        <tr>
          {figures.map(({ label, value, note, tone }) => (
            <td
              key={label}
              className="fig line"
              width="25%"
              valign="top"
              style={{ borderTop: `1px solid ${COLOURS.line}`, paddingTop: 12, fontFamily: SANS }}
            >
              <div className="faint" style={{ fontSize: 11, lineHeight: '16px', color: COLOURS.faint }}>
                {label}
              </div>
              <div className={tone} style={{ fontSize: 28, lineHeight: '36px', color: INK[tone] }}>
                {value}
              </div>
              <div className="faint" style={{ fontSize: 12, lineHeight: '16px', color: COLOURS.faint }}>
                {note}
              </div>
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  );
}
