import * as z from 'zod';
import { INTERNET, IpSet, parseCidr, parseTransport } from '#netset';
import { breadthOf } from '#engine';

/** One value, or a list of them. */
export function oneOrMore<T extends z.ZodType>(one: T) {
  return z.union([one, z.array(one).min(1)]);
}

/** Either form as a list. */
export function listOf<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

export const accountId = z.string().regex(/^\d{12}$/, 'an account is twelve digits; write it in quotes');

export const cidr = z
  .string()
  .refine((text) => parseCidr(text) !== undefined, { error: 'a block is like 10.0.0.0/16 or 2001:db8::/32' });

/** A range that somebody has, not a good part of the world: what comes from it is not looked at. */
export const trustedCidr = cidr.refine((text) => !isWide(text), {
  error:
    'that is a wide part of the internet: nobody can vouch for all of it, and nothing from it would be a finding',
});

export const flows = z.string().refine((text) => parseTransport(text) !== undefined, {
  error: 'flows are like tcp/443, tcp 80,443, udp/53, icmp, all; several are joined by ;',
});

/** The name of a zone or range, as statements use it. */
export const zoneName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'a name is of letters, digits, hyphens, dots and underscores');

export const text = z.string().trim().min(1, 'it says nothing').max(500);

function isWide(block: string): boolean {
  const parsed = parseCidr(block);
  if (parsed === undefined) return false;
  const ips = IpSet.of(parsed).intersect(INTERNET);
  return breadthOf(ips, 4) !== 'limited' || breadthOf(ips, 6) !== 'limited';
}
