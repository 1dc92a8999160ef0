import type { SourceRef } from '#model';
import { shown } from '../document/shown.ts';

/**
 * Untrusted text within a message. A brace would be a placeholder and is doubled; a bracket before a parenthesis would be a link that the
 * account has written, and is escaped. SARIF 2.1.0, 3.11.5 and 3.11.6.
 *
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html#_Toc141790715
 */
export function sarifText(text: string, longest = 1_000): string {
  return shown(text, longest).replaceAll(/[{}]/g, '$&$&').replaceAll('](', '\\](');
}

/** A stable relative address for what is in no file: `aws/111122223333/eu-west-1/i-0abc`, `kubernetes/prod/shop/web[Deployment]`. */
export function resourceUri({ source = 'aws', account, region, id }: Located): string {
  return [source, account, ...(source === 'aws' ? [region] : []), id]
    .map((part) => encodeURIComponent(shown(part === '' ? 'unknown' : part, 200)))
    .join('/');
}

/** A thing that a result is about. */
export type Located = {
  readonly source?: string | undefined;
  readonly account: string;
  readonly region: string;
  readonly id: string;
};

/**
 * The file and line that a rule of a manifest is in, relative to where the reader was; `undefined` for what is in no file, or came by stdin or from
 * a live cluster.
 */
export function manifestPlace({
  source,
  account,
  path,
}: SourceRef): { uri: string; line: number } | undefined {
  const place = /^(\S.*?):(\d+)(?: |$)/.exec(path);
  const [, file = '', line] = place ?? [];
  if (source !== 'kubernetes' || place === null || !/\.(?:ya?ml|json)$/i.test(file)) return undefined;
  const inFolder = file === account ? file : `${account}/${file}`;
  const parts = inFolder
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  // what is above cannot be said relative to here
  if (inFolder.startsWith('/') || parts.includes('..')) return undefined;
  return { uri: parts.map((part) => encodeURIComponent(shown(part, 200))).join('/'), line: Number(line) };
}
