import type { CheckId } from '../finding.ts';

/** What a check is for, in words for people: the catalogue of checks, and the help that other tools show, are made of it. */
export type CheckInfo = {
  /** The trouble in a few words, without the name of anything: `An admin port is open to the internet`. */
  readonly title: string;
  /** Why it matters, in a sentence or two. */
  readonly reason: string;
  /** A small case in which it is found. */
  readonly example: string;
  /** From what its severity follows, in words. */
  readonly severity: string;
  /** What to do about it. */
  readonly whatToDo: string;
};

/** Every check by its id; one that is missing here does not compile. */
export const CHECK_INFO: Readonly<Record<CheckId, CheckInfo>> = {
  'admin-port-exposed': {
    title: 'An admin port is open to the internet',
    reason:
      'Whoever scans the internet finds such a port within hours and tries passwords and known weaknesses on it. What answers there administers a machine, or starts things on many: SSH, RDP, Docker, Kubernetes, Vault.',
    example:
      'A host with a public address, in a subnet that an internet gateway serves, whose group admits tcp 22 from 0.0.0.0/0. Two halves of the internet, a prefix list that holds it, and ::/0 count the same; an office, or a partner, does not.',
    severity: 'Critical; high where a load balancer stands between that hands on requests only.',
    whatToDo:
      'Take the rule away, or narrow its source to the addresses that need it. For administration, prefer a way without an open port, such as Session Manager.',
  },
  'database-exposed': {
    title: 'A data port of a host is open to the internet',
    reason:
      'Databases, caches, search engines, queues and file shares that are run on hosts are emptied or held to ransom soon after they can be dialled; some ask for no password.',
    example:
      'An instance with a public address on which Redis runs, and whose group admits tcp 6379 from anywhere.',
    severity: 'Critical; high where a load balancer stands between that hands on requests only.',
    whatToDo: 'Take the rule away, or let in only the group of the application that uses it.',
  },
  'public-database': {
    title: 'A data service can be opened from the internet',
    reason:
      'A managed database, cache, search domain, queue or file system holds what the rest is there to protect. Nothing but its password is left between it and everybody.',
    example:
      'An RDS instance that was made publicly accessible, whose group admits tcp 5432 from 0.0.0.0/0; or a network load balancer on the internet that hands on to it.',
    severity:
      'Critical on ports of data and administration (high if only requests get there), high on other ports, medium where it is only ICMP or the like.',
    whatToDo:
      'Make it private, and let in only the group of the application. Whoever needs it from outside can come by a VPN or by port forwarding with Session Manager.',
  },
  'high-risk-port-exposed': {
    title: 'A port that is often abused is open to the internet',
    reason:
      'Consoles, mail, resolvers and model servers were made for a network of friends: they run code for whoever asks, or are used to flood others.',
    example: 'A build server with a public address whose group admits tcp 8080 from anywhere.',
    severity: 'High.',
    whatToDo:
      'Take the rule away, narrow its source, or put the service behind a load balancer where people log in first.',
  },
  'unintended-exposure': {
    title: 'Something is open to the internet that is not meant to be',
    reason:
      'Every open port is one more thing that has to be patched in time. A load balancer on 80 and 443 is there to be reached; the rest is looked at.',
    example:
      'An application server with a public address whose group admits tcp 8443 from anywhere. Or a second listener of a public load balancer on tcp 8080: what answers there is the load balancer, whatever the port is usually for.',
    severity:
      'High where a crown jewel falls next (after a load balancer: after what it hands on to), medium otherwise, and where it is only ICMP or the like.',
    whatToDo:
      'Take the rule away, narrow its source, or put the service behind the load balancer. If it is meant to be open, say so in the configuration.',
  },
  'lateral-path': {
    title: 'Whoever enters from the internet can go on to a crown jewel',
    reason:
      'One machine that falls opens whatever it may talk to. What holds data should not be a few steps from the internet through hosts that can be used as stepping stones.',
    example:
      'The internet opens tcp 22 on a bastion, the bastion opens tcp 22 on an application server, and that opens tcp 5432 on the database: three steps.',
    severity: 'High where one or two hosts have to fall first, medium for more.',
    whatToDo:
      'Close the first step, which ends all paths that begin there; or remove what lets one host reach the next where nobody needs it.',
  },
  'segmentation-broken': {
    title: 'A flow that the configuration forbids is possible',
    reason:
      'Zones are kept apart so that a fault in one is not a fault in the other. What somebody wrote down as forbidden, and the network allows, is either a hole or a plan that is out of date.',
    example:
      'The zones `office` and `cards` must not talk; a rule for 10.0.0.0/8 lets a host of the office open tcp 1433 on the card database.',
    severity: 'High where it ends at a crown jewel, medium otherwise.',
    whatToDo: 'Take away the rules that it rests on; or allow the flow in the configuration, if it is meant.',
  },
  'egress-from-crown-jewel': {
    title: 'A crown jewel can open most ports of the internet',
    reason:
      'What holds data rarely has to call anybody. An open way out is how data leaves, and how whoever got in keeps in touch.',
    example:
      'A database in a subnet with a route to a NAT gateway, whose group allows all traffic out, as groups do until somebody changes it.',
    severity: 'Medium where code of its holder runs on it, low for a managed service.',
    whatToDo:
      'Take the rule for all traffic out of its group, or the default route out of its subnet; what it needs of AWS it can have by VPC endpoints.',
  },
  'peering-too-wide': {
    title: 'Two networks are joined with nothing between them',
    reason:
      'A peering or a transit gateway makes two networks routable to each other; if groups do not narrow that, a fault in one is a fault in both.',
    example:
      'A peering between `dev` and `prod`, and every group in `prod` admits all traffic from the whole block of `dev`.',
    severity: 'High where a crown jewel is among what is open, medium otherwise.',
    whatToDo:
      'Let the groups admit only what is used, from the subnets or groups that use it; or route only to those subnets.',
  },
  'all-traffic-group': {
    title: 'A group admits all traffic from a wide source',
    reason:
      'A rule for every protocol and port leaves nothing between the host and whoever can route to it, and hides what is really needed.',
    example: 'A group that admits all traffic from 10.0.0.0/8, on hosts that a peered network reaches.',
    severity: 'High where the rule says anywhere, medium otherwise.',
    whatToDo: 'Replace the rule by rules for the ports that are in use.',
  },
  'default-group-in-use': {
    title: "Something runs on a network's default group",
    reason:
      'Whatever is launched without a choice of group joins the default group, and its members may talk to each other on every port.',
    example: 'An instance that was launched by hand and got the default group of its VPC.',
    severity: 'Low where it is running, info where it is stopped or attached to nothing.',
    whatToDo: 'Give it a group of its own, then take all rules out of the default group.',
  },
  'ingress-path-to-crown-jewel': {
    title: 'Whoever takes over a published pod can go on to a crown jewel of another namespace',
    reason:
      'By default every pod talks to every pod. A blog that falls should not be one step from the database of another team.',
    example:
      'A wordpress in `marketing` behind an Ingress, and a payments database in `finance` whose policy admits pods of all namespaces: internet → wordpress → database.',
    severity: 'High where one or two pods have to fall first, medium for more.',
    whatToDo:
      'Let the policy of the crown jewel name the pods that use it, by podSelector and namespaceSelector in one item; and deny by default in the namespace of what is published.',
  },
  'namespace-without-default-deny': {
    title: 'A namespace of Kubernetes denies nothing by default',
    reason:
      'A pod that no NetworkPolicy selects accepts everything from every pod of the cluster, also from those that nobody has written yet.',
    example: 'A namespace with two deployments and a policy for one of them.',
    severity:
      'High where a crown jewel is among what is open, info for what the cluster itself runs, low otherwise.',
    whatToDo:
      'Add a policy with `podSelector: {}` and `policyTypes: [Ingress]` and no rule; then admit what each workload needs.',
  },
  'open-to-cluster': {
    title: 'A policy admits every pod of the cluster',
    reason:
      'Somebody took the trouble to write a policy for the workload, and a rule of it lets everybody in: often by one dash too many before podSelector.',
    example:
      'A policy of a database whose `from` has `- namespaceSelector: {}` and `- podSelector: …` as two items.',
    severity: 'High for a crown jewel, low otherwise. What is published is left out.',
    whatToDo:
      'Name the pods that use it; where both selectors are meant together, write them in one item of the list.',
  },
  'policies-not-enforced': {
    title: 'Policies of Kubernetes are written and nothing enforces them',
    reason:
      'The API server takes every policy; whether any packet is stopped is up to the network plugin. Without an engine every pod is open to every other, and everybody believes it is not.',
    example:
      'A cluster on EKS with forty NetworkPolicies, and the VPC CNI as it comes, with --enable-network-policy=false.',
    severity: 'Critical: what the policies were written for is open, and nobody knows.',
    whatToDo:
      'Switch the engine of the network plugin on, or install one beside it; the finding says which switch it is.',
  },
  'latent-exposure': {
    title: 'Something that is off will be open to the internet once it is on',
    reason:
      'Starting a machine changes no rule, so that nobody looks at rules then. What was left open when it was stopped is open again.',
    example: 'A stopped instance that keeps its Elastic IP, with a group that admits tcp 22 from anywhere.',
    severity:
      'Medium where it keeps its address and an admin or data port is open; low or info where less is certain, or less is open.',
    whatToDo: 'Take the rule away before it is started, or end the instance if nobody needs it.',
  },
  'open-group-unused': {
    title: 'A group that nothing carries is open to the internet',
    reason:
      'The first thing that is launched with it is open from its first second, without a change of any rule.',
    example: 'A `launch-wizard-3` that admits tcp 22 from anywhere, left over from an instance that is gone.',
    severity: 'Low.',
    whatToDo: 'Delete the group, or take its rules away.',
  },
};

/** The ids of all checks. */
export const CHECK_IDS = Object.keys(CHECK_INFO) as readonly CheckId[];
