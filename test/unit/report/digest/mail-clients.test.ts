import { caniemail } from 'caniemail';
import { describe, expect, it } from 'vitest';
import { renderDigest } from '#report';
import { fullDigest } from '../../../support/sample-digest.ts';

/*
 * What mail programs make of what the mail uses, by the tables of caniemail.com. Outlook on Windows draws with Word: the tables know what it leaves out, and
 * nobody has looked at this mail in a real one.
 */

const CLIENTS = ['gmail.*', 'outlook.*', 'apple-mail.*'] as const;

/** What some client does not know, though the mail uses it: what is then seen, and why that is good enough. Anything else fails. */
const FORGONE: Readonly<Record<string, { readonly clients: RegExp; readonly why: string }>> = {
  '@media': {
    clients: /^(gmail\.mobile-webmail|outlook\.windows|outlook\.windows-mail)$/,
    why: 'one width and light colours, in which everything can be read',
  },
  '<style> element': { clients: /^gmail\.mobile-webmail$/, why: 'as @media: the element holds nothing else' },
  'display:none': {
    clients: /^gmail\.mobile-webmail$/,
    why: 'the first words of the headline, which are meant for the list of mails, are seen at the top as well',
  },
  opacity: {
    clients: /^(gmail\.mobile-webmail|outlook\.windows|outlook\.windows-mail)$/,
    why: 'as display:none, of the same words',
  },
  overflow: {
    clients: /^(outlook\.windows|outlook\.windows-mail)$/,
    why: 'as display:none, of the same words',
  },
  'role attribute': {
    clients: /^outlook\.windows-mail$/,
    why: 'a screen reader in that retired program reads the layout as tables, in the right order',
  },
  'word-break': {
    clients: /^outlook\.windows-mail$/,
    why: 'a very long name makes the mail wider there',
  },
  '<body> element': {
    clients: /^outlook\.macos$/,
    why: 'the colour of the paper is on a table within it too',
  },
};

describe('what the mail uses', () => {
  it('is known to Gmail, Outlook and Apple Mail, but for what may be missing', async () => {
    const { html } = await renderDigest(fullDigest(3, 'text'));
    const { issues } = caniemail({ clients: [...CLIENTS], html });
    const found = [...issues.errors].flatMap(([client, list]) =>
      list.map(({ title }) => ({ client, title })),
    );
    const unknown = found.filter(({ client, title }) => FORGONE[title]?.clients.test(client) !== true);
    expect([...new Set(unknown.map(({ client, title }) => `${title} in ${client}`))]).toEqual([]);
    // the list holds no more than is needed
    expect(Object.keys(FORGONE).filter((title) => found.every((each) => each.title !== title))).toEqual([]);
  });

  it('would be refused for what mail programs do not know', () => {
    const { issues } = caniemail({
      clients: [...CLIENTS],
      html: '<div style="display:grid">x</div><video></video>',
    });
    const titles = [...issues.errors.values()].flat().map(({ title }) => title);
    expect(titles).toEqual(expect.arrayContaining(['<video> element']));
  });

  it('asks for nothing from elsewhere, and runs nothing', async () => {
    const { html } = await renderDigest(fullDigest(3, 'text'));
    expect(html).not.toMatch(
      /<(img|script|link|iframe|object|form|video|audio|svg)\b|@import|@font-face|url\(|\son\w+=/i,
    );
  });
});
