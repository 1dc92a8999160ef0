import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import type Mailer from 'nodemailer/lib/mailer/index.js';
import type { Mail } from './mail.ts';

/** Ids in headers need a domain, and nobody is to take these for his: https://www.rfc-editor.org/rfc/rfc2606#section-2 */
const DOMAIN = 'postern.invalid';

/**
 * A mail as it travels (RFC 5322, MIME): HTML and a text that says the same as alternatives, and what is attached. The same mail gives the same bytes.
 *
 * SES puts a Message-ID of its own in place of ours, so that no mail can refer to the one before it; all refer to one id that no mail ever had, by which
 * mail programs still take them together. https://docs.aws.amazon.com/ses/latest/dg/header-fields.html
 */
export async function mimeOf(mail: Mail): Promise<Uint8Array> {
  const { from, fromName, to, subject, html, text, attachments, thread, key, unsubscribe, date } = mail;
  const root = `<${thread}@${DOMAIN}>`;
  const digest = createHash('sha256').update(`${thread} ${key} ${date}`).digest('hex').slice(0, 24);
  const options: Mailer.Options & { readonly baseBoundary: string } = {
    from: { name: oneLine(fromName), address: from },
    to: to.map((address) => ({ name: '', address })),
    subject: oneLine(subject),
    html,
    text,
    attachments: attachments.map(({ name, type, content }) => ({
      filename: name,
      contentType: type,
      content,
      contentTransferEncoding: 'base64' as const,
    })),
    date: new Date(date),
    messageId: `<${digest}@${DOMAIN}>`,
    inReplyTo: root,
    references: root,
    headers: {
      // RFC 2369, RFC 2919
      'List-Unsubscribe': `<mailto:${unsubscribe}?subject=unsubscribe%20postern%20weekly>`,
      'List-Id': `Postern weekly <${thread}.${DOMAIN}>`,
      // https://www.rfc-editor.org/rfc/rfc3834#section-5: no out-of-office notes, please
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'X-Postern-Digest': key,
    },
    // lines of at most 76 characters, of ASCII, whatever the texts hold: no server on the way has to touch them
    textEncoding: shorterOf(html),
    // without it, boundaries are random
    baseBoundary: digest,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
  return new MailComposer(options).compile().build();
}

/** Quoted-printable, which people can read, unless so much is not ASCII that base64 is shorter: Gmail hides what is long. */
function shorterOf(html: string): 'quoted-printable' | 'base64' {
  const bytes = Buffer.from(html, 'utf8');
  const quoted = bytes.reduce((sum, byte) => sum + (byte === 0x3d || byte > 0x7e ? 3 : 1), 0);
  return quoted <= (bytes.length * 4) / 3 ? 'quoted-printable' : 'base64';
}

/** A line break in a header would begin another header. */
function oneLine(text: string): string {
  return text.replaceAll(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim();
}
