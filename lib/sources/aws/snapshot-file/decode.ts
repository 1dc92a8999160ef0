import { grouped, utf8ByteAt } from './parse-json.ts';

export type Decoded =
  | { readonly ok: true; readonly text: string; readonly byteAt: (offset: number) => number }
  | { readonly ok: false; readonly why: string };

/**
 * The text of a file. UTF-8 with or without a byte order mark, or UTF-16 with one: PowerShell's `>` writes the latter.
 */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b)
    return { ok: false, why: 'it is compressed with gzip. Unpack it first' };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeUtf16('utf-16le', bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeUtf16('utf-16be', bytes);
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(mark));
    const byteAt = utf8ByteAt(text);
    return { ok: true, text, byteAt: (offset) => mark + byteAt(offset) };
  } catch {
    return { ok: false, why: `it is not text in UTF-8 (${grouped(bytes.length)} bytes)` };
  }
}

function decodeUtf16(encoding: 'utf-16le' | 'utf-16be', bytes: Uint8Array): Decoded {
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes.subarray(2));
  return { ok: true, text, byteAt: (offset) => 2 + 2 * offset };
}
