import manifest from '../../package.json' with { type: 'json' };

/** The version of Postern, as its package says. */
export const VERSION: string = manifest.version;
