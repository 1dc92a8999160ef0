/** A line of a security group or network ACL as a call asks for it: one for each far end. A hint for people; what holds is read anew. */
export type RequestedRule = {
  readonly op: 'add' | 'remove' | 'modify';
  /** Unknown where the call does not say: a modified rule keeps the direction that it has. */
  readonly direction: 'ingress' | 'egress' | undefined;
  /** As recorded: a name or a number as text, `-1` for all, where the ports mean nothing. */
  readonly protocol: string | undefined;
  /** First and last port; for ICMP in a group's rule type and code. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** The far end: one of these at most. The block as written, with host bits if it has any. */
  readonly cidr: string | undefined;
  readonly group: string | undefined;
  readonly prefixList: string | undefined;
  /** Of a security group's rule that has one: it is named by its id, or modified. */
  readonly ruleId: string | undefined;
  /** Of a network ACL's entry. */
  readonly action: string | undefined;
  readonly ruleNumber: number | undefined;
};

/** What no call says of a rule until it is read. */
export const BLANK: Omit<RequestedRule, 'op' | 'direction'> = {
  protocol: undefined,
  from: undefined,
  to: undefined,
  cidr: undefined,
  group: undefined,
  prefixList: undefined,
  ruleId: undefined,
  action: undefined,
  ruleNumber: undefined,
};

/** A protocol's name or number as text. */
export function protocolOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
