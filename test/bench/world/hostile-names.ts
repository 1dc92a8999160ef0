const ESC = '\u001b';
const BEL = '\u0007';

/** What somebody might call a resource to fool whoever reads about it, on a terminal, a page or in a chat. */
export const HOSTILE_NAMES: readonly string[] = [
  // terminals
  `${ESC}[31mred${ESC}[0m`,
  `${ESC}[2J${ESC}[1;1Hno findings`,
  `${ESC}]8;;https://example.com/${BEL}click${ESC}]8;;${BEL}`,
  `${ESC}]0;title${BEL}`,
  `bell${BEL}`,
  '\u009b31meight-bit',
  'back\b\b\b\bspace',
  'nul\u0000byte',
  // lines and direction
  'two\nCRITICAL everything is fine',
  'real\rfake',
  'line\u2028separator',
  'tab\tbed',
  'right\u202eoverride',
  '\u2066isolate\u2069',
  'zero\u200bwidth',
  // markup
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '&lt;b&gt; &amp;amp; ]]>',
  '</text></svg><svg onload=alert(1)>',
  '[link](javascript:alert(1)) **bold** `code` | cell | <!-- -->',
  '```\n# heading',
  // chat
  '<!channel> <@U0000000> <https://example.com/|bank>',
  '*bold* _italic_ ~struck~ &<>',
  '@everyone',
  // other languages
  '=HYPERLINK("https://example.com/","x")',
  "'; DROP TABLE findings; --",
  '{{7*7}} ${7*7} %s %n',
  '"quoted\\" : {}',
  '../../etc/passwd',
  // names that objects have already
  '__proto__',
  'constructor',
  // bad text
  '',
  ' ',
  '\ud800 half a pair',
  'e\u0301\u0301\u0301\u0301 marks',
  'x'.repeat(10_000),
];
