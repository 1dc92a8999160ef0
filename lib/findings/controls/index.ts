export type { Control } from './control.ts';
export { controlText } from './control-text.ts';
export { controlsFor, controlsOf } from './controls-of.ts';
export { facetsOf, type Facet } from './facet.ts';
export { FRAMEWORKS, FRAMEWORK_IDS, type Framework, type FrameworkId } from './framework.ts';
