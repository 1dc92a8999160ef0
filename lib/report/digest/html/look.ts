import type { Tone } from '../page.ts';

/** Dark enough on white for text (WCAG AA), each apart from the others also without colour vision by its word. */
export const INK: Readonly<Record<Tone, string>> = {
  critical: '#a3123a',
  high: '#b1440c',
  medium: '#7d5a00',
  low: '#33617a',
  info: '#5b6573',
  good: '#1c6b45',
  quiet: '#5b6573',
};

/** The same on black. */
const INK_IN_DARK: Readonly<Record<Tone, string>> = {
  critical: '#ff8fa6',
  high: '#ffa66b',
  medium: '#e8c268',
  low: '#8fc1dc',
  info: '#a9b3c1',
  good: '#7fd6a8',
  quiet: '#a9b3c1',
};

export const COLOURS = {
  paper: '#eef0f3',
  card: '#ffffff',
  text: '#1b2330',
  faint: '#5b6573',
  line: '#dfe3e9',
  code: '#f4f5f8',
  bar: '#4c6a8f',
  link: '#1f5580',
} as const;

const IN_DARK = {
  paper: '#0f1319',
  card: '#181d26',
  text: '#e6eaf0',
  faint: '#a9b3c1',
  line: '#333c4a',
  code: '#0f1319',
  bar: '#7fa6d6',
  link: '#8dbbe2',
} as const;

export const SANS = "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
export const SERIF = "Georgia,'Times New Roman',serif";
export const MONO = "Menlo,Consolas,'Courier New',monospace";

/** The width that mail programs show without scrolling. */
export const WIDTH = 600;

/**
 * What no inline style can say: narrow screens and dark ones. Whoever drops it (Gmail with some accounts, Outlook on Windows) shows the mail light and in
 * one width, which reads well too.
 */
export const STYLE = [
  ':root{color-scheme:light dark;supported-color-schemes:light dark}',
  '@media (max-width:480px){',
  '.pad{padding-left:18px!important;padding-right:18px!important}',
  '.fig{display:inline-block!important;width:48%!important;padding-bottom:14px!important}',
  '.tr,.name{display:block!important}',
  '.blank{display:none!important}',
  '.name{padding-bottom:0!important}',
  '.num{display:inline-block!important;font-size:11px!important;padding:4px 0 6px!important;border-top:0!important}',
  '.w16{width:16.6%!important}',
  '.w22{width:22%!important}',
  '.w56{width:56%!important}',
  '.wide{display:none!important}',
  '}',
  '@media (prefers-color-scheme:dark){',
  `body,.paper{background-color:${IN_DARK.paper}!important}`,
  `.card{background-color:${IN_DARK.card}!important;border-color:${IN_DARK.line}!important}`,
  `.text{color:${IN_DARK.text}!important}`,
  `.faint{color:${IN_DARK.faint}!important}`,
  `.line{border-color:${IN_DARK.line}!important}`,
  `.code{background-color:${IN_DARK.code}!important;border-color:${IN_DARK.line}!important;color:${IN_DARK.text}!important}`,
  `.link{color:${IN_DARK.link}!important}`,
  `.bar{background-color:${IN_DARK.bar}!important}`,
  `.track{background-color:${IN_DARK.line}!important}`,
  ...Object.entries(INK_IN_DARK).map(([tone, ink]) => `.${tone}{color:${ink}!important}`),
  ...Object.entries(INK_IN_DARK).map(([tone, ink]) => `.b-${tone}{background-color:${ink}!important}`),
  '}',
].join('');
