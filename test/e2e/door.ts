import { ACCOUNT, authorize, revoke, tcp, type Shop } from './account.ts';
import { changeEvent } from './change-event.ts';

/** A port of the bastion that somebody opens to the whole internet and shuts again, each by the real API. */
export type Door = {
  /** Opens it, and gives the event of that. */
  readonly open: (options?: { readonly time?: Date }) => Promise<object>;
  readonly shut: (options?: { readonly time?: Date }) => Promise<object>;
};

const WORLD = '0.0.0.0/0';

export function doorOf({ ec2, groups: { bastion } }: Shop, port: number, account = ACCOUNT): Door {
  const permission = tcp(port, { IpRanges: [{ CidrIp: WORLD }] });
  const call = { group: bastion, port, source: WORLD, account };
  let rules: readonly string[] = [];
  return {
    open: async (options) => {
      rules = await authorize(ec2, bastion, permission);
      return changeEvent({ ...call, ...options, name: 'AuthorizeSecurityGroupIngress', rules });
    },
    shut: async (options) => {
      await revoke(ec2, bastion, permission);
      return changeEvent({ ...call, ...options, name: 'RevokeSecurityGroupIngress', rules });
    },
  };
}
