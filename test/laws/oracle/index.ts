export type { Maybe } from './maybe.ts';
export { interpret } from './interpret.ts';
export type { Answer, End, IcmpKind, Oracle, Question, RelayQuestion } from './question.ts';
export type { Account } from './responses.ts';
