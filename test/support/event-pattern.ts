type Json = Readonly<Record<string, unknown>>;

/**
 * Whether an EventBridge event pattern matches an event, by what AWS writes of the operators that the patterns here use: values,
 * `prefix`, `exists`, and `anything-but` with values, prefixes or suffixes. Fields are joined by "and", the values of one by "or".
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 *
 * @throws Error if the pattern is none that EventBridge would take, or uses another operator
 */
export function matchesPattern(pattern: unknown, event: unknown): boolean {
  if (!isObject(pattern)) throw new Error('a pattern is an object');
  return Object.entries(pattern).every(([name, wanted]) => {
    const value = isObject(event) ? event[name] : undefined;
    if (isObject(wanted)) return matchesPattern(wanted, value);
    if (!Array.isArray(wanted) || wanted.length === 0)
      throw new Error(`${name} needs a list of what it may be`);
    // Every operator is looked at, so that a faulty one behind a fitting one is not missed.
    return (wanted as unknown[]).map((each) => matchesValue(each, value)).some(Boolean);
  });
}

function matchesValue(wanted: unknown, value: unknown): boolean {
  if (!isObject(wanted)) {
    if (wanted !== null && !['string', 'number', 'boolean'].includes(typeof wanted))
      throw new Error('no value');
    return Array.isArray(value) ? value.includes(wanted) : value === wanted;
  }
  const [operator, ...more] = Object.entries(wanted);
  if (operator === undefined || more.length > 0) throw new Error('one operator at a time');
  const [name, operand] = operator;
  switch (name) {
    case 'exists':
      if (typeof operand !== 'boolean') throw new Error('exists is true or false');
      return (value !== undefined) === operand;
    case 'prefix':
      return texts(operand, false).some((text) => typeof value === 'string' && value.startsWith(text));
    case 'anything-but':
      // It matches a value that is there and is none of these.
      return value !== undefined && !isAmong(operand, value);
    default:
      throw new Error(`${name} is not known here`);
  }
}

function isAmong(operand: unknown, value: unknown): boolean {
  if (!isObject(operand)) return texts(operand, true).some((text) => text === value);
  const [form, ...more] = Object.entries(operand);
  if (form === undefined || more.length > 0) throw new Error('anything-but takes one form');
  const [name, listed] = form;
  const text = typeof value === 'string' ? value : '';
  if (name === 'prefix') return texts(listed, true).some((each) => text.startsWith(each));
  if (name === 'suffix') return texts(listed, true).some((each) => text.endsWith(each));
  throw new Error(`anything-but with ${name} is not known here`);
}

/** One text, or where it may be a list, several. */
function texts(operand: unknown, mayBeList: boolean): string[] {
  const list: unknown[] = Array.isArray(operand) && mayBeList ? operand : [operand];
  if (list.length === 0 || !list.every((each) => typeof each === 'string' && each !== ''))
    throw new Error('texts are wanted, and at least one');
  return list as string[];
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
