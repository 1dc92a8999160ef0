/** The credentials belong to another account than the one that was to be read. */
export class AccountMismatch extends Error {
  constructor(wanted: string, found: string) {
    super(`the credentials are for account ${found}, not for ${wanted}; nothing was read`);
    this.name = 'AccountMismatch';
  }
}
