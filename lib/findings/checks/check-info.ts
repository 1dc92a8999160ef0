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
    title: 'An admin or data port is open to the internet',
    reason:
      'Whoever scans the internet finds such a port within hours and tries passwords and known weaknesses on it. What answers there administers a machine or holds data.',
    example:
      'A host with a public address, in a subnet that an internet gateway serves, whose group admits tcp 22 from 0.0.0.0/0. Two halves of the internet, a prefix list that holds it, and ::/0 count the same.',
    severity: 'Critical.',
    whatToDo:
      'Take the rule away, or narrow its source to the addresses that need it. For administration, prefer a way without an open port, such as Session Manager.',
  },
  'unintended-exposure': {
    title: 'Something is open to the internet that is not meant to be',
    reason:
      'Every open port is one more thing that has to be patched in time. A load balancer on 80 and 443 is there to be reached; the rest is looked at.',
    example: 'An application server with a public address whose group admits tcp 8080 from anywhere.',
    severity: 'High where TCP or UDP ports are open, medium where it is only ICMP or the like.',
    whatToDo:
      'Take the rule away, narrow its source, or put the service behind the load balancer. If it is meant to be open, say so in the configuration.',
  },
  'lateral-path': {
    title: 'Whoever enters from the internet can go on to a crown jewel',
    reason:
      'One machine that falls opens whatever it may talk to. What holds data should not be a few steps from the internet through hosts that can be used as stepping stones.',
    example:
      'The internet opens tcp 22 on a bastion, the bastion opens tcp 22 on an application server, and that opens tcp 5432 on the database: three steps.',
    severity: 'High for two or three steps, medium for more.',
    whatToDo:
      'Close the first step, which ends all paths that begin there; or remove what lets one host reach the next where nobody needs it.',
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
  'latent-exposure': {
    title: 'Something that is off would be open to the internet once it is on',
    reason:
      'A stopped machine keeps its groups, its routes and often its public address. Whoever starts it opens the door without changing a rule, and nobody looks then.',
    example:
      'A stopped test box with an Elastic IP, whose group admits tcp 22 from 0.0.0.0/0; or an open interface that is attached to nothing.',
    severity:
      'At most medium: an admin or data port of something that keeps its public address. Lower for other ports, and where the address is only given at start.',
    whatToDo: 'Take the rule away, release the address, or delete what nobody starts any more.',
  },
  'open-group-unused': {
    title: 'An open group lies ready that nothing carries',
    reason: 'The first machine that is launched with it is open, and no rule was changed for that.',
    example: 'A group `launch-wizard-1` that admits tcp 3389 from 0.0.0.0/0 and is carried by nothing.',
    severity: 'Low.',
    whatToDo: 'Delete the group, or narrow its rules.',
  },
};

/** The ids of all checks. */
export const CHECK_IDS = Object.keys(CHECK_INFO) as readonly CheckId[];
