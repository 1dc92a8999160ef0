import { createHash } from 'node:crypto';

/** S3 takes 1,024 bytes. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const LONGEST = 900;
const SAFE = /[^A-Za-z0-9!_.*'()/-]/g;
/** `.`, `..` and nothing between two slashes: what is on the way to S3 may take them for a path and shorten it. */
const PATH_SEGMENT = /(?<=^|\/)\.{0,2}(?=\/|$)/g;

/** The object's name for a key: the key itself where it has only characters that S3 calls safe. Two keys never share one. */
export function objectKey(key: string): string {
  const safe = key.replace(SAFE, escaped).replace(PATH_SEGMENT, (segment) => `=${segment.length}`);
  if (safe.length <= LONGEST) return safe;
  return `${safe.slice(0, LONGEST)}=${createHash('sha256').update(JSON.stringify(key)).digest('hex')}`;
}

function escaped(unit: string): string {
  return `=x${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
