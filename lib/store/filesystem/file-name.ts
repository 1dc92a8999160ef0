import { createHash } from 'node:crypto';

const READABLE = 60;

/**
 * A file name for any text: what can be read of it, then its hash. So a text of dots and slashes cannot leave the folder, a
 * long one fits, and two texts that differ in case or accents alone have names of their own on disks that do not tell those
 * apart. JSON writes also those texts that are no well-formed Unicode each in its own way.
 */
export function fileName(text: string): string {
  const readable = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, READABLE);
  const hash = createHash('sha256').update(JSON.stringify(text)).digest('hex');
  return `${readable.replace(/^-|-$/g, '')}.${hash}`.replace(/^\./, '');
}
