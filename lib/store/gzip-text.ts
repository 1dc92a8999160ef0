import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

const compress = promisify(gzip);
const expand = promisify(gunzip);

export async function gzipText(text: string): Promise<Buffer> {
  return compress(Buffer.from(text, 'utf8'));
}

/**
 * The text that `gzipText` was given: its checksum and length are part of the form.
 *
 * @throws if these are not such bytes, whole
 */
export async function gunzipText(bytes: Uint8Array, name: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await expand(bytes));
  } catch (cause) {
    throw new Error(
      `The object ${JSON.stringify(name)} is damaged: it is not a gzipped text of Postern's, or not all of it. ` +
        'Put back an earlier version of it, or let the next run start anew.',
      { cause },
    );
  }
}
