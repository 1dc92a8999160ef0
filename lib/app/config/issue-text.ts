import type * as z from 'zod';

/** What a value is, in words of people who write YAML. */
const TYPES: Readonly<Record<string, string>> = {
  object: 'a mapping (key: value)',
  record: 'a mapping (key: value)',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  null: 'nothing',
  date: 'a day',
};

/** What is wrong with a value, in one sentence. Messages of our own are as they are; those of the library are said anew. */
export function issueText(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return 'there is no such key';
  const said = issue.code === 'too_small' || issue.code === 'too_big' ? boundText(issue) : wantedText(issue);
  return said ?? issue.message.split('\n')[0] ?? issue.message;
}

function wantedText(issue: z.core.$ZodIssue): string | undefined {
  const { wanted, got } = expectationOf(issue);
  if (wanted.length === 0) return undefined;
  if (got === 'undefined') return `it is missing: ${orList(wanted)} is wanted`;
  const isQuotable = got !== undefined && QUOTABLE.has(got) && wanted.includes(typeWord('string'));
  const is =
    got === undefined ? '' : `, and this is ${typeWord(got)}${isQuotable ? ': write it in quotes' : ''}`;
  return `${orList(wanted)} is wanted${is}`;
}

/** What YAML takes for something else than a text unless it is quoted. */
const QUOTABLE: ReadonlySet<string> = new Set(['number', 'boolean']);

type Expectation = { readonly wanted: readonly string[]; readonly got?: string };

/** Nothing is wanted where the message is one of ours. */
function expectationOf(issue: z.core.$ZodIssue): Expectation {
  if (issue.code === 'invalid_type') {
    const [, got] = /^Invalid input: expected .*, received (\w+)$/.exec(issue.message) ?? [];
    return got === undefined ? { wanted: [] } : { wanted: [typeWord(issue.expected)], got };
  }
  if (issue.code === 'invalid_value')
    return /^Invalid (?:input|option): expected /.test(issue.message)
      ? { wanted: issue.values.map((value) => JSON.stringify(value)) }
      : { wanted: [] };
  if (issue.code !== 'invalid_union') return { wanted: [] };
  const all = issue.errors.map(([first]) => (first === undefined ? { wanted: [] } : expectationOf(first)));
  const got = all.find((each) => each.got !== undefined)?.got;
  return { wanted: [...new Set(all.flatMap(({ wanted }) => wanted))], ...(got !== undefined && { got }) };
}

function boundText(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string | undefined {
  if (!/^Too (?:small|big): /.test(issue.message)) return undefined;
  const isSmall = issue.code === 'too_small';
  const bound = String(isSmall ? issue.minimum : issue.maximum);
  const unit = issue.origin === 'string' ? ' characters' : issue.origin === 'array' ? ' items' : '';
  const least =
    issue.inclusive === false ? (isSmall ? 'more than' : 'less than') : isSmall ? 'at least' : 'at most';
  return `${least} ${bound}${unit}`;
}

function typeWord(type: string): string {
  return TYPES[type] ?? type;
}

function orList(words: readonly string[]): string {
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} or ${words.slice(-1).join('')}`;
}

/** What the parser of YAML says of a text, where it speaks to programmers. */
const PARSER_TEXTS: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: 'a second document begins here: one file holds one',
  DUPLICATE_KEY: 'this key is there already',
};

export function parserText({ code, message }: { readonly code: string; readonly message: string }): string {
  return PARSER_TEXTS[code] ?? message.split('\n')[0] ?? message;
}
