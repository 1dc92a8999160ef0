/** Kinds by which policies allow and deny, and what such policies name. Whoever defines a kind of policy calls it so. */
const OF_POLICIES = /(?:NetworkPolicy|NetworkSet|CIDRGroup)$|^Tier$/;

/**
 * Whether a text that nothing could read may have been a policy, or have held one: its kind is one of policies, or cannot be told. A text whose
 * documents ran into each other has several kinds at its edge, and a list has those of its items. All that looks like a kind counts, so that what is
 * nested errs on the side of doubt; JSON has no edge, and its end may be missing.
 */
export function mayBePolicy(text: string): boolean {
  const isJson = /^\s*(?:---\s*)?[{[]/.test(text);
  const kinds = kindsIn(text, isJson ? JSON_KIND : EDGE_KIND);
  const isList = (isJson ? /["']?items["']?\s*:/ : /^["']?items["']?\s*:/m).test(text);
  if (kinds.length === 0 || isList) return true;
  // a document of which the kind is what was lost
  if (!isJson && [...text.matchAll(/^["']?apiVersion["']?[ \t]*:/gm)].length > kinds.length) return true;
  return [...kinds, ...kindsIn(text, ANY_KIND)].some(isOfPolicies);
}

/** The same of what could be read and is no object, as it says of itself. What has neither kind nor the parts of an object is something else. */
export function mayBePolicyObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (!('kind' in value)) return 'metadata' in value || 'spec' in value;
  return typeof value.kind !== 'string' || isOfPolicies(value.kind);
}

const EDGE_KIND = /^(?:- )?["']?kind["']?[ \t]*:[ \t]*["']?([A-Za-z]+)["']?[ \t]*(?:#.*)?\r?$/gm;
const JSON_KIND = /["']?kind["']?\s*:\s*["']?([A-Za-z]+)/g;
const ANY_KIND = /\bkind["']?\s*:\s*["']?([A-Za-z]+)/g;

function kindsIn(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].flatMap(([, kind]) => kind ?? []);
}

function isOfPolicies(kind: string): boolean {
  return OF_POLICIES.test(kind) || kind === 'List';
}
