import pc from 'picocolors';
import { NO_STYLE, plainLines, type Style } from '#app';

/** Where a command writes: data to `out`, everything else to `err`. */
export type Terminal = {
  readonly out: (text: string) => unknown;
  readonly err: (text: string) => unknown;
  readonly isTerminal: boolean;
  readonly noColour: boolean;
};

/** What a command prints on: lines for people, or one JSON document for machines. */
export class Screen {
  readonly style: Style;
  readonly #terminal: Terminal;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    this.style = terminal.isTerminal && !terminal.noColour ? pc.createColors(true) : NO_STYLE;
  }

  lines(lines: readonly string[]): void {
    this.#terminal.out(`${lines.join('\n')}\n`);
  }

  /** A text in a format that has escaped what it has to. */
  text(text: string): void {
    this.#terminal.out(text);
  }

  json(document: unknown): void {
    const text = JSON.stringify(
      document,
      (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value),
      2,
    );
    this.#terminal.out(`${plainLines(text)}\n`);
  }

  /** How far something is: one line that overwrites itself, on a terminal only. */
  progress(text: string): void {
    if (this.#terminal.isTerminal) this.#terminal.err(`\r\u001b[Kpostern: ${text}`);
  }

  /** For progress and complaints; never mixed into the data. */
  note(text: string): void {
    this.#terminal.err(`postern: ${plainLines(text)}\n`);
  }
}
