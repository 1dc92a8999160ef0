import bundle from './page-bundle.json' with { type: 'json' };
import { pageData, type HtmlParts } from './page-data.ts';

/**
 * A report as one file of HTML that asks nobody for anything: the page's code and style are in it, and what it shows is in it as JSON. A policy in
 * it lets nothing run, and nothing load, but these two, so that a text of the account that were taken for code would do nothing.
 *
 * https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Content-Security-Policy
 */
export function toHtml(parts: HtmlParts): string {
  const { script, scriptHash, style, styleHash } = bundle;
  const policy = [
    "default-src 'none'",
    `script-src '${scriptHash}'`,
    `style-src '${styleHash}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    '<meta name="robots" content="noindex">',
    '<title>Postern report</title>',
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<div id="page"><noscript>This report shows itself by a script that is in this file and asks no server for anything. Open it in a browser that runs scripts, or ask for another format: postern audit --format markdown.</noscript></div>',
    `<script type="application/json" id="data">${jsonInScript(pageData(parts))}</script>`,
    `<script>${script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/**
 * JSON within a script element, where the parser looks for `</script` and `<!--` before anybody reads JSON: no `<` is left. What a text
 * viewer could take for a line's end, or turn about, is spelt out as well.
 */
function jsonInScript(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[<>&\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
