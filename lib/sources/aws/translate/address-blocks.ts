import { IpSet, parseCidr } from '#netset';
import type { Selector } from '#model';

/** Selectors of single blocks. Rules that name the same block share one, since accounts repeat a few blocks many times. */
export class AddressBlocks {
  readonly #known = new Map<string, Selector | undefined>();

  /** `undefined` if the text is not a CIDR block. */
  of(text: string): Selector | undefined {
    let known = this.#known.get(text);
    if (known === undefined && !this.#known.has(text)) {
      const cidr = parseCidr(text);
      known = cidr === undefined ? undefined : { kind: 'ips', ips: IpSet.of(cidr) };
      this.#known.set(text, known);
    }
    return known;
  }
}
