/** A mail before it has the form in which it travels. Texts may hold anything: they are encoded. */
export type Mail = {
  /** A bare address. */
  readonly from: string;
  readonly fromName: string;
  /** Bare addresses; each sees the others. */
  readonly to: readonly string[];
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly content: string }[];
  /** What mails of one thread have in common, of letters, digits, dots and hyphens: `weekly.postern-prod`. */
  readonly thread: string;
  /** Which mail of its thread it is, the same if it is sent again. */
  readonly key: string;
  /** To whom a mail goes that asks to be taken off the list. */
  readonly unsubscribe: string;
  /** When it was made, ISO 8601. */
  readonly date: string;
};
