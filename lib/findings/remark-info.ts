import type { RemarkId } from './remark.ts';

/** What a remark is about, in words for people: the catalogue is made of it. */
export type RemarkInfo = {
  /** What is untidy, in a few words. */
  readonly title: string;
  /** Why it is worth a look, in a sentence or two. */
  readonly reason: string;
  /** A small case in which it is told. */
  readonly example: string;
};

/** Every remark by its id, the more misleading ones first; one that is missing here does not compile. */
export const REMARK_INFO: Readonly<Record<RemarkId, RemarkInfo>> = {
  'reply-blocked': {
    title: 'An ACL lets something in and not its answers out',
    reason:
      'A network ACL judges answers by themselves, on the ports of the clients. Whoever wrote the rule believes that the service works, or works for all.',
    example: 'An ACL that admits tcp 443 and lets out no tcp 1024-65535.',
  },
  'acl-rule-shadowed': {
    title: 'A rule of an ACL is never the first to match',
    reason:
      'In an ACL the first rule that matches decides. A deny behind an allow is what somebody believes in.',
    example: 'Rule 100 allows all traffic, and rule 200 denies tcp 22.',
  },
  'stale-group-reference': {
    title: 'A rule names a group that is gone',
    reason:
      'It admits nobody, and somebody may take it for a way in that works, or give the peering back one day.',
    example: 'A rule for a group of a peered network whose peering was deleted.',
  },
  'ranges-overlap': {
    title: 'Two joined networks share addresses',
    reason:
      'Packets for the shared addresses go to one of the two, and a rule for them admits whichever it is.',
    example: 'Two VPCs with 10.0.0.0/16, both peers of a third.',
  },
  'group-rule-out-of-range': {
    title: 'A rule of a group is for private addresses that nothing here has',
    reason:
      'It is left over from a network that was renumbered or given up, and opens up by itself once something gets those addresses.',
    example: 'A rule for 10.99.0.0/16 in a VPC of 10.0.0.0/16 without a peer, a transit gateway or a VPN.',
  },
  'acl-rule-out-of-range': {
    title: 'A rule of an ACL meets no packet',
    reason:
      'What stays within a subnet does not cross its border, so that an ACL cannot keep its hosts apart, whatever it says.',
    example: 'An ACL of the subnet 10.0.1.0/24 that denies 10.0.1.0/24.',
  },
  'single-address-admitted': {
    title: 'One address of the internet gets at an admin or data port',
    reason:
      "Few are let in, so it is no exposure. It is how somebody's home gets into a network, and how somebody who is in keeps a way back; one day the address is somebody else's.",
    example: 'A group that admits tcp 22 from 203.0.113.200/32.',
  },
  'group-rule-implied': {
    title: 'A rule of a group changes nothing',
    reason: 'Other rules admit the same: whoever takes one of the two away closes nothing.',
    example: 'A rule for tcp 22 from 10.0.0.0/16 beside one for all traffic from 10.0.0.0/8.',
  },
  'duplicate-group': {
    title: 'Two groups of a network have the same rules',
    reason: 'Whoever closes something in one of them has closed half of it.',
    example: '`web` and `web-copy`, both with tcp 443 from anywhere, on hosts of one VPC.',
  },
  'group-unattached': {
    title: 'Nothing carries a group',
    reason:
      'It is read in every review and decides nothing. A launch template may still name it, which is not read: look before you delete it.',
    example:
      'A `launch-wizard-3` whose instance is gone. If it is open, that is a finding: `open-group-unused`.',
  },
  'acl-unattached': {
    title: 'An ACL stands before no subnet',
    reason: 'It keeps out nobody, and somebody may believe that it does.',
    example: 'An ACL `database` whose subnets were given another one.',
  },
  'policy-selects-nothing': {
    title: 'A policy of Kubernetes selects no workload',
    reason:
      'A label that is spelt otherwise, or a namespace that is empty: whoever wrote the policy believes in it.',
    example: 'A policy for `app: payment` where the pods say `app: payments`.',
  },
  'service-port-named': {
    title: "A policy admits a service's port, and the pods answer on another",
    reason: "A policy sees the pod's port, after the service has translated its own: nothing gets in by it.",
    example: 'A policy for port 80, a service 80 → 8080, and pods on 8080.',
  },
  'policy-names-pod-addresses': {
    title: 'A policy names private addresses by ipBlock',
    reason:
      "Blocks are for what is outside of the cluster. Whether one means a pod is up to the plugin, and a pod's address is another one tomorrow.",
    example: 'An ipBlock of 10.244.0.0/16, in which the pods are.',
  },
  'dns-cut-off': {
    title: 'A workload may open connections and resolve no names',
    reason: 'What its policies let it open it cannot find by its name.',
    example: 'An egress policy for tcp 5432 alone.',
  },
};
