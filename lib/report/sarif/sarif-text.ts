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

/** A stable relative address for what is in no file: `aws/111122223333/eu-west-1/i-0abc`. */
export function resourceUri(account: string, region: string, id: string): string {
  return ['aws', account, region, id]
    .map((part) => encodeURIComponent(shown(part === '' ? 'unknown' : part, 200)))
    .join('/');
}
