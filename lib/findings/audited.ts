import type { Analysis } from '#engine';
import type { Intent } from './intent/intent.ts';

/** What every check looks at: what is, and what is meant. */
export type Audited = { readonly analysis: Analysis; readonly intent: Intent };
