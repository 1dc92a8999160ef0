import type { Labels } from '../match-labels.ts';

/** Whether what carries these labels is meant. */
export type Predicate = (labels: Labels) => boolean;

/** The text is no selector. */
export class SelectorError extends Error {}

/**
 * A selector in Calico's language: `app == "db" && has(team) || !(tier in {"a", "b"})`. Empty means everything.
 *
 * https://docs.tigera.io/calico/latest/reference/resources/networkpolicy#selectors
 */
export function parseSelector(text: string): Predicate {
  if (text.trim() === '') return () => true;
  const parser = new Parser(tokensOf(text));
  const predicate = parser.or();
  parser.end();
  return predicate;
}

const TOKEN =
  /\s*(?:(==|!=|&&|\|\||[!(){},])|"([^"]*)"|'([^']*)'|((?:has|all|global)(?=\s*\())|([A-Za-z0-9_./-]+))/y;

type Token = { readonly kind: 'sign' | 'text' | 'call' | 'word'; readonly value: string };

function tokensOf(text: string): readonly Token[] {
  const found: Token[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw new SelectorError(`cannot be read at “${text.slice(from, from + 20)}”`);
    const [, sign, double, single, call, word] = match;
    if (sign !== undefined) found.push({ kind: 'sign', value: sign });
    else if (call !== undefined) found.push({ kind: 'call', value: call });
    else if (word !== undefined) found.push({ kind: 'word', value: word });
    else found.push({ kind: 'text', value: double ?? single ?? '' });
  }
  return found;
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  or(): Predicate {
    let left = this.#and();
    while (this.#takes('sign', '||')) {
      const [one, other] = [left, this.#and()];
      left = (labels) => one(labels) || other(labels);
    }
    return left;
  }

  end(): void {
    const rest = this.#tokens[this.#at];
    if (rest !== undefined) throw new SelectorError(`does not go on with “${rest.value}”`);
  }

  #and(): Predicate {
    let left = this.#term();
    while (this.#takes('sign', '&&')) {
      const [one, other] = [left, this.#term()];
      left = (labels) => one(labels) && other(labels);
    }
    return left;
  }

  #term(): Predicate {
    if (this.#takes('sign', '!')) {
      const inner = this.#term();
      return (labels) => !inner(labels);
    }
    if (this.#takes('sign', '(')) {
      const inner = this.or();
      this.#need('sign', ')');
      return inner;
    }
    const token = this.#next();
    if (token.kind === 'call') return this.#call(token.value);
    if (token.kind !== 'word') throw new SelectorError(`has “${token.value}” where a label is expected`);
    return this.#comparison(token.value);
  }

  #call(name: string): Predicate {
    this.#need('sign', '(');
    if (name !== 'has') {
      this.#need('sign', ')');
      return () => name === 'all';
    }
    const { value } = this.#next();
    this.#need('sign', ')');
    return (labels) => labels.has(value);
  }

  #comparison(label: string): Predicate {
    const { kind, value: operator } = this.#next();
    if (kind === 'sign' && (operator === '==' || operator === '!=')) {
      const value = this.#text();
      return operator === '=='
        ? (labels) => labels.get(label) === value
        : (labels) => labels.get(label) !== value;
    }
    if (kind === 'word' && operator === 'not') {
      this.#need('word', 'in');
      const values = this.#values();
      return (labels) => !values.has(labels.get(label));
    }
    if (kind === 'word' && operator === 'in') {
      const values = this.#values();
      return (labels) => values.has(labels.get(label));
    }
    if (kind === 'word' && operator === 'contains') {
      const part = this.#text();
      return (labels) => labels.get(label)?.includes(part) === true;
    }
    if (kind === 'word' && (operator === 'starts' || operator === 'ends')) {
      this.#need('word', 'with');
      const part = this.#text();
      return operator === 'starts'
        ? (labels) => labels.get(label)?.startsWith(part) === true
        : (labels) => labels.get(label)?.endsWith(part) === true;
    }
    throw new SelectorError(`has “${operator}” where a comparison is expected`);
  }

  #values(): ReadonlySet<string | undefined> {
    const found = new Set<string>();
    this.#need('sign', '{');
    if (this.#takes('sign', '}')) return found;
    do found.add(this.#text());
    while (this.#takes('sign', ','));
    this.#need('sign', '}');
    return found;
  }

  #text(): string {
    const token = this.#next();
    if (token.kind !== 'text')
      throw new SelectorError(`has “${token.value}” where a quoted value is expected`);
    return token.value;
  }

  #next(): Token {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new SelectorError('ends too early');
    this.#at += 1;
    return token;
  }

  #takes(kind: Token['kind'], value: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== kind || token.value !== value) return false;
    this.#at += 1;
    return true;
  }

  #need(kind: Token['kind'], value: string): void {
    if (!this.#takes(kind, value))
      throw new SelectorError(
        `has “${this.#tokens[this.#at]?.value ?? 'nothing'}” where “${value}” is expected`,
      );
  }
}
