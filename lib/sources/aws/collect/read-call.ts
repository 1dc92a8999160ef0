import { arrive, callOf, responseProblems, type LiveCall } from '../resources/index.ts';
import type { Clients } from './clients.ts';
import { BrokenAnswer, failureOf, type Failure } from './failure.ts';
import { withinLimits, type ReadLimits } from './limits.ts';
import { OPERATIONS, type CallInput } from './operations.ts';

export type Body = Readonly<Record<string, unknown>>;

/** A whole answer, or why there is none. There is nothing between: half a list would pass for a whole one. */
export type Reading =
  | { readonly ok: true; readonly body: Body; readonly count: number }
  | { readonly ok: false; readonly failure: Failure };

/** Makes one call to its last page. Whatever goes wrong is in the result; nothing is thrown. */
export async function readCall(
  key: LiveCall,
  input: CallInput,
  clients: Clients,
  limits: ReadLimits,
): Promise<Reading> {
  try {
    const body = await withinLimits(limits, (signal) => joinPages(key, input, clients, signal));
    const [problem] = responseProblems(key, body);
    if (problem !== undefined) {
      throw new BrokenAnswer('malformed', `${problem.path} is ${problem.found}, not ${problem.expected}`);
    }
    return { ok: true, body, count: countOf(body[callOf(key).member]) };
  } catch (error) {
    return { ok: false, failure: failureOf(error) };
  }
}

async function joinPages(
  key: LiveCall,
  input: CallInput,
  clients: Clients,
  signal: AbortSignal,
): Promise<Body> {
  const { pageSize, member, shape } = callOf(key);
  const lists = new Map<string, unknown[]>();
  const others = new Map<string, unknown>();
  const tokens = new Set<string>();
  for await (const page of OPERATIONS[key](input, { clients: clients.of(key), pageSize, signal })) {
    if (!Object.hasOwn(page, member) || Reflect.get(page, member) === undefined) {
      if (!hasRequestId(page)) throw new BrokenAnswer('malformed', `the answer holds no ${member}`);
    }
    for (const [name, value] of Object.entries(arrive(page) as Body)) {
      if (!Array.isArray(value)) {
        others.set(name, value);
        continue;
      }
      const list = lists.get(name) ?? [];
      for (const item of value) list.push(item);
      lists.set(name, list);
    }
    const token = tokenOf(page);
    if (token === undefined) continue;
    if (tokens.has(token))
      throw new BrokenAnswer('cut', 'the answer gives the same page token twice, so its pages never end');
    tokens.add(token);
  }
  if (others.get('AdditionalRoutesAvailable') === true) {
    throw new BrokenAnswer('cut', 'there are more routes than AWS gives in one search');
  }
  if (Array.isArray(shape[member]) && !lists.has(member)) lists.set(member, []);
  return Object.fromEntries([...others, ...lists]);
}

/** EC2, RDS and load balancing each have their own word for it. */
function tokenOf(page: object): string | undefined {
  for (const name of ['NextToken', 'NextMarker', 'Marker']) {
    const token: unknown = Reflect.get(page, name);
    if (typeof token === 'string' && token !== '') return token;
  }
  return undefined;
}

/** AWS puts an id into each answer; what came from elsewhere (a proxy's own page) has none. */
function hasRequestId(page: object): boolean {
  const metadata: unknown = Reflect.get(page, '$metadata');
  return (
    typeof metadata === 'object' &&
    metadata !== null &&
    typeof Reflect.get(metadata, 'requestId') === 'string'
  );
}

function countOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 1;
}
