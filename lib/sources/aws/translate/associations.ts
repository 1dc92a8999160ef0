/** Which one of many a subnet belongs to. Where two claim a subnet, neither has it: the answers are of different moments. */
export class Associations<Owner extends string> {
  readonly #owners = new Map<string, Owner>();
  readonly #contested = new Set<string>();

  claim(subnet: string, owner: Owner): void {
    const known = this.#owners.get(subnet);
    if (known !== undefined && known !== owner) this.#contested.add(subnet);
    this.#owners.set(subnet, owner);
  }

  of(subnet: string): Owner | undefined {
    return this.#contested.has(subnet) ? undefined : this.#owners.get(subnet);
  }

  isContested(subnet: string): boolean {
    return this.#contested.has(subnet);
  }
}
