import type { Labels } from './objects.ts';
import { notDefined } from './question.ts';

/**
 * Calico's language of selectors: https://docs.tigera.io/calico/latest/reference/resources/networkpolicy#selectors
 *
 * Negation binds closer than `&&`, and that closer than `||`. What compares a label that is absent fails, but `!=` and `not in`.
 */
export function isSelectedBy(text: string, labels: Labels): boolean {
  const reader = new Reader(text, labels);
  const isMatch = reader.either();
  reader.expectEnd();
  return isMatch;
}

const TOKEN = /\s*(&&|\|\||==|!=|[!(){},]|'[^']*'|"[^"]*"|[\w./-]+)/y;

class Reader {
  private readonly tokens: string[] = [];
  private readonly labels: Labels;

  constructor(text: string, labels: Labels) {
    this.labels = labels;
    const rest = text.trimEnd();
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < rest.length) {
      const token = TOKEN.exec(rest)?.[1];
      if (token === undefined) return notDefined(`no selector: ${text}`);
      this.tokens.push(token);
    }
  }

  either(): boolean {
    let isMatch = this.both();
    while (this.takes('||')) isMatch = this.both() || isMatch;
    return isMatch;
  }

  expectEnd(): void {
    if (this.tokens.length > 0) notDefined(`too much: ${this.tokens.join(' ')}`);
  }

  private both(): boolean {
    let isMatch = this.one();
    while (this.takes('&&')) isMatch = this.one() && isMatch;
    return isMatch;
  }

  private one(): boolean {
    if (this.takes('!')) return !this.one();
    if (this.takes('(')) {
      const isMatch = this.either();
      this.expect(')');
      return isMatch;
    }
    const word = this.next();
    if (word === 'all' && this.takes('(')) {
      this.expect(')');
      return true;
    }
    if (word === 'has' && this.takes('(')) {
      const key = this.next();
      this.expect(')');
      return this.valueOf(key) !== undefined;
    }
    return this.compare(this.valueOf(word));
  }

  private compare(value: string | undefined): boolean {
    const operator = this.next();
    switch (operator) {
      case '==':
        return value === this.text();
      case '!=':
        return value !== this.text();
      case 'in':
        return this.isAnyOf(value);
      case 'not':
        this.expect('in');
        return !this.isAnyOf(value);
      case 'contains': {
        const part = this.text();
        return value?.includes(part) ?? false;
      }
      case 'starts': {
        this.expect('with');
        const part = this.text();
        return value?.startsWith(part) ?? false;
      }
      case 'ends': {
        this.expect('with');
        const part = this.text();
        return value?.endsWith(part) ?? false;
      }
      default:
        return notDefined(`no operator ${operator}`);
    }
  }

  private isAnyOf(value: string | undefined): boolean {
    this.expect('{');
    const values: string[] = [];
    while (!this.takes('}')) {
      values.push(this.text());
      this.takes(',');
    }
    return value !== undefined && values.includes(value);
  }

  private valueOf(key: string): string | undefined {
    return Object.hasOwn(this.labels, key) ? this.labels[key] : undefined;
  }

  private text(): string {
    const token = this.next();
    return /^['"]/.test(token) ? token.slice(1, -1) : notDefined(`not a text: ${token}`);
  }

  private next(): string {
    return this.tokens.shift() ?? notDefined('a selector that ends too early');
  }

  private takes(token: string): boolean {
    if (this.tokens[0] !== token) return false;
    this.tokens.shift();
    return true;
  }

  private expect(token: string): void {
    if (!this.takes(token)) notDefined(`no ${token}`);
  }
}
