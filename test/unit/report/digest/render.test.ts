import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderDigest, type Digest } from '#report';
import { digestHtmlOf } from '../../../../lib/report/digest/html/mail.tsx';
import { pageOf } from '../../../../lib/report/digest/page-of.ts';
import { travellingSize } from '../../../../lib/report/digest/render-digest.ts';
import { digestTextOf } from '../../../../lib/report/digest/text.ts';
import { fullDigest, sampleDigest, sampleFinding } from '../../../support/sample-digest.ts';

/** https://www.spamresource.com/2022/01/what-is-gmail-clipping-and-what-to-do.html */
const CLIPPED_AT = 102 * 1024;

const WIDE = '名'.repeat(300);
const HOSTILE = `"><script>alert(1)</script></style><img src=x onerror=alert(1)>\u202e&amp;${'<'.repeat(200)}`;

describe('however much there is to say', () => {
  it.each([
    { length: 0, text: 'quiet' },
    { length: 30, text: 'SSH on bastion is open to the whole internet' },
    { length: 10_000, text: 'SSH on bastion is open to the whole internet' },
    { length: 10_000, text: WIDE },
    { length: 300, text: HOSTILE },
    { length: 300, text: '\u0000'.repeat(500) },
    { length: 300, text: 'x'.repeat(5_000) },
  ])('Gmail shows all of the mail: $length of everything', async ({ length, text }) => {
    const { html } = await renderDigest(fullDigest(length, text));
    expect(Buffer.byteLength(html)).toBeLessThan(CLIPPED_AT);
    expect(travellingSize(html)).toBeLessThan(CLIPPED_AT);
    expect(html.endsWith('</html>')).toBe(true);
  });

  it('what is left out is counted, and is in the attachment', async () => {
    const { html, text, csv } = await renderDigest(fullDigest(10_000, 'one'));
    expect(html).toMatch(/9,99\d more in the attached CSV/);
    expect(text).toMatch(/9,99\d more in the attached CSV/);
    expect(csv.split('\r\n').length).toBeGreaterThan(10_000);
  });
});

/** The tags of a page, which hostile text must not add to. */
function tagsOf(html: string): readonly string[] {
  return (html.match(/<[!/a-z][^>]*>/gi) ?? []).map((tag) => /^<[!/]?[a-z0-9]*/i.exec(tag)?.[0] ?? tag);
}

describe('texts of an account', () => {
  it('are text: whatever they hold, the page has the same elements', async () => {
    const plain = tagsOf(await digestHtmlOf(pageOf(fullDigest(1, 'text'), 10)));
    const units = fc.oneof(
      fc.string({ minLength: 1, maxLength: 40 }),
      fc.constantFrom(
        '</style>',
        '<script>',
        '"><b>',
        "'",
        '-->',
        '<!--',
        ']]>',
        '&lt;',
        '</title>',
        '\u202e',
      ),
    );
    const texts = fc.array(units, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        expect(tagsOf(await digestHtmlOf(pageOf(fullDigest(1, text), 10)))).toEqual(plain);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['turns the line around', 'a\u202eb', '\\u202e'],
    ['moves the cursor', 'a\u001b[2Jb', '\\u001b'],
    ['hides', 'a\u200bb', '\\u200b'],
    ['begins a line', 'a\r\nb', '\\u000d\\u000a'],
  ])('what %s is spelt out, in the page and in the text', async (_, title, shown) => {
    const digest = sampleDigest({ open: [sampleFinding({ title })], opened: [sampleFinding({ title })] });
    const { html, text } = await renderDigest(digest);
    for (const part of [html, text]) {
      expect(part).toContain(`a${shown}`);
      expect(part).not.toContain(title);
    }
  });
});

/** The words of a page, without its elements, as somebody reads them. */
function wordsOf(html: string): string {
  return html
    .replace(/<style>.*?<\/style>|<title>.*?<\/title>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#x27;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&gt;', '>')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ');
}

describe('the text part', () => {
  it('says what the page says: every sentence, heading, entry and number', async () => {
    const page = pageOf(fullDigest(3, 'an entry'), 10);
    const html = wordsOf(await digestHtmlOf(page));
    const text = digestTextOf(page).replaceAll(/\s+/g, ' ');
    const said = [
      page.organisation,
      page.period,
      ...page.headline,
      ...page.figures.flatMap(({ label, value, note }) => [label, value, note]),
      ...page.foot,
      ...page.sections.flatMap((section) => [
        ...(section.note === undefined ? [] : [section.note]),
        ...('more' in section ? [section.more] : []),
        ...(section.kind === 'items'
          ? section.items.flatMap(({ tag, title, facts, commands, link }) => [
              tag,
              title,
              ...facts,
              ...commands,
              ...(link ? [link.text] : []),
            ])
          : section.kind === 'weeks'
            ? section.weeks.map(({ label }) => label)
            : section.rows.flatMap(({ cells }) => cells)),
      ]),
    ].map((words) => words.replaceAll(/\s+/g, ' ').trim());
    expect(said.length).toBeGreaterThan(100);
    for (const words of said) {
      expect(html).toContain(words);
      expect(text).toContain(words);
    }
    for (const { title } of page.sections) {
      expect(html).toContain(title);
      expect(text).toContain(title.toUpperCase());
    }
  });

  it('keeps to the width of a mail, but for commands and addresses', () => {
    const lines = digestTextOf(pageOf(fullDigest(3, 'an entry of some words'), 10)).split('\n');
    expect(lines.filter((line) => line.length > 78 && !/^(?:aws |https:)/.test(line))).toEqual([]);
  });
});

it.each<[string, Partial<Digest>, RegExp]>([
  [
    'a command that was tried says so',
    { first: [{ finding: sampleFinding(), points: 12, commands: ['aws ec2 x'], isProven: true }] },
    /12 of 12 points of risk; tried on the model[^]*\n\naws ec2 x\n/,
  ],
  [
    'whose template keeps a resource is said before the command',
    {
      first: [
        {
          finding: sampleFinding(),
          points: 12,
          owners: ['stack shop-net keeps this group'],
          commands: ['aws ec2 x'],
          isProven: true,
        },
      ],
    },
    /stack shop-net keeps this group[^]*\n\naws ec2 x\n/,
  ],
  [
    'what it shuts besides is said with it',
    {
      first: [
        {
          finding: sampleFinding(),
          points: 12,
          commands: ['aws ec2 x'],
          closes: 'also shuts jump → tcp 22 → bastion\u202e',
          isProven: true,
        },
      ],
    },
    /this ends it; also shuts jump → tcp 22 → bastion\\u202e\n/,
  ],
  [
    'one that was not says that',
    { first: [{ finding: sampleFinding(), points: 12, commands: ['aws ec2 x'], isProven: false }] },
    /not tried on the model/,
  ],
  [
    'one that is too long is not cut, but left out',
    { first: [{ finding: sampleFinding(), points: 12, commands: ['x'.repeat(900)], isProven: true }] },
    /too long for a mail: postern audit shows them/,
  ],
  [
    'a week without a record is a gap and no zero',
    { weeks: [{ week: '2026-W09' }, { week: '2026-W10', risk: 3 }] },
    /W09 {5}– {2}not recorded[^]*a gap is not a zero/,
  ],
])('%s', async (_, more, expected) => {
  const { text } = await renderDigest(sampleDigest({ all: { ...sampleDigest().all, risk: 12 }, ...more }));
  expect(text.replaceAll(/\n {12}/g, ' ')).toMatch(expected);
});
