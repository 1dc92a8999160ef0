/**
 * A text without what tools print around manifests: the lines of `helm install --dry-run` and `helm get all` before the manifests and the notes
 * after them. JSON objects that stand one after the other become documents. Every line stays where it was.
 */
export function bareManifests(text: string): string {
  return separated(withoutHelm(text));
}

/** Words on lines of their own by which Helm divides what it prints. */
const PARTS = /^(?:HOOKS|MANIFEST):[ \t]*\r?$/m;
const NOTES = /^NOTES:[ \t]*\r?$/m;

function withoutHelm(text: string): string {
  if (!/^NAME: /m.test(text) || !PARTS.test(text)) return text;
  const lines = text.split('\n');
  const first = lines.findIndex((line) => PARTS.test(line));
  const notes = lines.findIndex((line, i) => i > first && NOTES.test(line));
  return lines
    .map((line, i) => {
      if (i < first || (notes >= 0 && i >= notes)) return '';
      return PARTS.test(line) ? '---' : line;
    })
    .join('\n');
}

/** `}` at the end of one object and `{` at the beginning of the next, as several calls of `kubectl get -o json` in one pipe leave them. */
function separated(text: string): string {
  return /^\s*\{/.test(text) ? text.replaceAll(/(\}[ \t]*\r?\n)(?=\{)/g, '$1--- ') : text;
}

/** The line of the first place that some template engine should have filled in, counted from 1. */
export function lineOfTemplate(text: string): number | undefined {
  const at = text.search(/\{\{[-\s]*[.$"\w(/]/);
  return at < 0 ? undefined : text.slice(0, at).split('\n').length;
}
