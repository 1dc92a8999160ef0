export { personOf, type Actor } from './actor.ts';
export type { Tier } from './catalogue/event-group.ts';
export { isNoise, readEvent, type ChangeEvent } from './read-event.ts';
export type { RequestedRule } from './requested-rule.ts';
export type { EventTarget } from './scope.ts';
export { tampersWith } from './tampers-with.ts';
