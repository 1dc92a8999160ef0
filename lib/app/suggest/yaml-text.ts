import { plain } from '#report';

/** An account's text as a YAML string in quotes, whatever is in it: a JSON text in ASCII is one. */
export function yamlText(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A zone's name as a key: in quotes where it would be read as something else than a text. */
export function yamlKey(name: string): string {
  return /^[a-z][a-z0-9._-]*$/.test(name) && !/^(?:true|false|null|yes|no|on|off|y|n)$/.test(name)
    ? name
    : yamlText(name);
}

/** An account's text within a remark: on one line. */
export function remark(text: string): string {
  return plain(text);
}

/** A text as the name of a zone or range, of which none is taken twice. */
export function zoneNameFrom(text: string, taken: Set<string>): string {
  const name = text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replaceAll(/^[^a-z0-9]+|[^a-z0-9]+$/g, '')
    .slice(0, 48);
  const stem = name === '' ? 'zone' : name;
  let free = stem;
  for (let n = 2; taken.has(free); n += 1) free = `${stem}-${String(n)}`;
  taken.add(free);
  return free;
}
