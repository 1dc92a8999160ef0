import { escaped } from './plain.ts';

/** Columns of a usual terminal, less the indent. */
const SCREEN = 86;
const MARGIN = ' '.repeat(10);

/** Commands as one would paste them, under a heading, broken before an option where a line gets longer than a screen. */
export function commandLines(heading: string, commands: readonly string[]): string[] {
  const start = commands.findIndex((command) => command.endsWith("<<'EOF'"));
  if (start >= 0) {
    // what is within goes as it stands: the line that ends it has to stand at the edge
    const [head = '', ...within] = commands.slice(start).map(escaped);
    const before = commands.slice(0, start);
    const opening = before.length === 0 ? `  ${heading.padEnd(8)}${head}` : MARGIN + head;
    return [...(before.length === 0 ? [] : commandLines(heading, before)), opening, ...within];
  }
  const lines = commands.flatMap((command) => {
    const broken: string[] = [];
    for (const part of piecesOf(escaped(command))) {
      const open = broken.at(-1);
      if (open !== undefined && open.length + part.length < SCREEN)
        broken[broken.length - 1] = `${open} ${part}`;
      else broken.push(open === undefined ? part : `  ${part}`);
    }
    return broken.flatMap((line, i) => jsonLines(i + 1 < broken.length ? `${line} \\` : line));
  });
  return lines.map((line, i) => (i === 0 ? `  ${heading.padEnd(8)}${line}` : MARGIN + line));
}

/** A command in pieces, each from an option to the next. What stands within quotes is somebody's text and stays whole. */
function piecesOf(command: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let i = 0; i < command.length; i += 1) {
    if (command[i] === "'") isQuoted = !isQuoted;
    else if (command[i] === '\\' && !isQuoted) i += 1;
    else if (!isQuoted && command.startsWith(' --', i)) {
      pieces.push(command.slice(start, i));
      start = i + 1;
    }
  }
  return [...pieces, command.slice(start)];
}

/** A line that a quoted list in JSON makes too long, broken between members, where white space changes nothing. */
function jsonLines(line: string): string[] {
  const start = line.indexOf("'[");
  if (line.length <= SCREEN || start < 0) return [line];
  const lines: string[] = [];
  let open = '';
  for (const member of membersOf(line, start)) {
    if (open !== '' && open.length + member.length > SCREEN) {
      lines.push(open);
      open = '    ';
    }
    open += member;
  }
  return [...lines, open];
}

/** Cuts after each comma of the JSON that is not within a text. */
function membersOf(line: string, start: number): string[] {
  const members: string[] = [];
  let from = 0;
  let isText = false;
  for (let i = start; i < line.length; i += 1) {
    if (line[i] === '\\') i += 1;
    else if (line[i] === '"') isText = !isText;
    else if (line[i] === ',' && !isText) {
      members.push(line.slice(from, i + 1));
      from = i + 1;
    }
  }
  return [...members, line.slice(from)];
}
