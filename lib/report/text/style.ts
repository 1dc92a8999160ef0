/** How words stand out; without colours each function returns its text unchanged. */
export type Style = {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly green: (text: string) => string;
  readonly cyan: (text: string) => string;
};

const same = (text: string): string => text;

export const NO_STYLE: Style = { bold: same, dim: same, red: same, yellow: same, green: same, cyan: same };
