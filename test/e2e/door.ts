import type { EC2Client } from '@aws-sdk/client-ec2';
import { ACCOUNT, authorize, revoke, tcp } from './account.ts';
import { changeEvent } from './change-event.ts';

/** SSH to what is in a group, which somebody opens to the whole internet and shuts again, each by the real API. */
export type Door = {
  /** Opens it, and gives the event of that. */
  readonly open: (options?: { readonly time?: Date }) => Promise<object>;
  readonly shut: (options?: { readonly time?: Date }) => Promise<object>;
};

const WORLD = '0.0.0.0/0';

export function doorOf(ec2: EC2Client, group: string, account = ACCOUNT): Door {
  const port = 22;
  const permission = tcp(port, { IpRanges: [{ CidrIp: WORLD }] });
  const call = { group, port, source: WORLD, account };
  let rules: readonly string[] = [];
  return {
    open: async (options) => {
      rules = await authorize(ec2, group, permission);
      return changeEvent({ ...call, ...options, name: 'AuthorizeSecurityGroupIngress', rules });
    },
    shut: async (options) => {
      await revoke(ec2, group, permission);
      return changeEvent({ ...call, ...options, name: 'RevokeSecurityGroupIngress', rules });
    },
  };
}
