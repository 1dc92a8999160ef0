/** What surely holds and what possibly holds; where the two differ, AWS's answers do not tell. */
export type Maybe = { readonly sure: boolean; readonly possible: boolean };

export const YES: Maybe = { sure: true, possible: true };
export const NO: Maybe = { sure: false, possible: false };
export const UNKNOWN: Maybe = { sure: false, possible: true };

export function said(truth: boolean | Maybe): Maybe {
  return typeof truth === 'boolean' ? { sure: truth, possible: truth } : truth;
}

export function every(parts: readonly (boolean | Maybe)[]): Maybe {
  const all = parts.map(said);
  return { sure: all.every(({ sure }) => sure), possible: all.every(({ possible }) => possible) };
}

export function some(parts: readonly (boolean | Maybe)[]): Maybe {
  const all = parts.map(said);
  return { sure: all.some(({ sure }) => sure), possible: all.some(({ possible }) => possible) };
}

/** AWS takes one of these and does not tell which: sure is what holds for each of them. */
export function oneOf(parts: readonly (boolean | Maybe)[]): Maybe {
  const all = parts.map(said);
  return {
    sure: all.length > 0 && all.every(({ sure }) => sure),
    possible: all.some(({ possible }) => possible),
  };
}

/** The same, known less well: nothing of it is sure. */
export function doubted(part: boolean | Maybe): Maybe {
  return { sure: false, possible: said(part).possible };
}
