/** Ports of TCP or UDP. Both ends belong to the range. */
export type PortRange = {
  readonly first: number;
  readonly last: number;
};

export const MAX_PORT = 65535;

const DECIMAL = /^(?:0|[1-9][0-9]{0,4})$/;

export function isPort(n: number): boolean {
  return Number.isInteger(n) && n >= 0 && n <= MAX_PORT;
}

/** A port in decimal without sign, white space or leading zeros; otherwise undefined. */
export function parsePort(text: string): number | undefined {
  return DECIMAL.test(text) && isPort(Number(text)) ? Number(text) : undefined;
}

/** "22" or "20-25"; undefined for anything else, also for a range that ends before it begins. */
export function parsePortRange(text: string): PortRange | undefined {
  const [from = '', to = from, ...rest] = text.split('-');
  const first = parsePort(from);
  const last = parsePort(to);
  if (first === undefined || last === undefined || first > last || rest.length > 0) return undefined;
  return { first, last };
}

export function formatPortRange({ first, last }: PortRange): string {
  return first === last ? `${first}` : `${first}-${last}`;
}
