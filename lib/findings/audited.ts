import type { Analysis } from '#engine';

/** What every check looks at. */
export type Audited = { readonly analysis: Analysis };
