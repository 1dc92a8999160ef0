import type { Control } from '../controls/control.ts';
import type { Facet } from '../controls/facet.ts';
import type { CheckId, Severity } from '../finding.ts';

/** Why people hear of something. */
export type AlertKind =
  /** A change let something in that was shut before, or more than before. */
  | 'opened'
  /** What was open is shut. */
  | 'resolved'
  /** A first look, an upgrade or a new permission brought it to light: nobody's change. */
  | 'newly-seen'
  /** It was open when last seen, and now cannot be seen: it stays open. */
  | 'unconfirmed'
  /** It opens and closes so often that this is the last word until it is stable. */
  | 'flapping'
  /** It is still open, and nobody has accepted it. */
  | 'reminder'
  /** Somebody answered for it until a day, and does not any more. */
  | 'exception-ended'
  /** Something that could be read before cannot be read any more. */
  | 'blind-spot'
  /** Somebody touched what this monitor depends on. */
  | 'tampering'
  /** A channel was out of order: everything that it missed, in one. */
  | 'catch-up'
  | 'test';

/** A person, role or service that made a call. Untrusted text. */
export type AlertBlame = {
  readonly call: string;
  readonly who: string;
  readonly role: string;
  readonly mfa?: boolean;
  readonly tool: string;
  readonly sourceIp: string;
  /** ISO 8601. */
  readonly time: string;
};

export type AlertRule = {
  readonly id: string;
  readonly policy: string;
  readonly policyName: string;
  /** `tcp 22 from 0.0.0.0/0` */
  readonly text: string;
  readonly description: string;
  /** What became of it; absent where it is there, and whether it is new is not the matter. */
  readonly change?: 'added' | 'edited' | 'removed';
};

/** A way to end a finding that does not depend on who did what. */
export type AlertFix = {
  /** What to do, in one sentence without a full stop. */
  readonly what: string;
  /** What keeps what is to be changed, in sentences without a full stop: to be told first. */
  readonly owners?: readonly string[];
  /** To be pasted in order; empty where there is no command. */
  readonly commands: readonly string[];
  readonly isProven: boolean;
  /** What was tried of it and what else it shuts, in one sentence without a full stop. */
  readonly proof: string;
};

/** One finding that opened, closed or came to light. */
export type AlertTransition = {
  readonly fingerprint: string;
  readonly check: CheckId;
  readonly severity: Severity;
  readonly title: string;
  readonly workload: { readonly id: string; readonly name: string };
  /** What its controls depend on beside the check. Absent in alerts of before there were controls. */
  readonly facets?: readonly Facet[];
};

/**
 * What people are told, before it is put into any channel's form. Plain JSON, so that it can be kept and sent later. All texts are
 * as the account gave them: untrusted, to be escaped for where they are shown.
 */
export type Alert = {
  readonly schema: 1;
  /** The same for the same news, however often it is sent. */
  readonly id: string;
  readonly kind: AlertKind;
  readonly severity: Severity;
  /** The effect, in one sentence without a full stop. */
  readonly headline: string;
  /** What comes with it: `and through it shop-orders tcp 5432`. One idea each. */
  readonly details: readonly string[];
  /** Empty texts where it is about no single place. Time: ISO 8601. */
  readonly place: {
    readonly account: string;
    readonly accountName?: string;
    readonly region: string;
    readonly time: string;
  };
  readonly path: readonly { readonly from: string; readonly to: string; readonly flows: string }[];
  readonly before?: string;
  readonly after?: string;
  readonly rules: readonly AlertRule[];
  readonly moreRules: number;
  readonly blame: readonly AlertBlame[];
  /** `these`: what they named is what changed. `one-of`: one of these calls, it is not known which. */
  readonly blameIs: 'these' | 'one-of' | 'nobody';
  /** What else is reachable now: `12 private hosts can now open bastion on tcp 22`. */
  readonly also: readonly string[];
  readonly undo?: {
    readonly commands: readonly string[];
    readonly isProven: boolean;
    /** What keeps what was changed, in sentences without a full stop: to be told before the commands. Absent where nothing is known to. */
    readonly owners?: readonly string[];
  };
  /** How to end the worst finding, where there is no undo, or only one that leaves something open; absent where nothing is known. */
  readonly fix?: AlertFix;
  /** The command that restores what a closing change took away, if somebody wants it back. */
  readonly restore?: { readonly commands: readonly string[] };
  /** The worst ten, worst first. */
  readonly findings: readonly {
    readonly fingerprint: string;
    readonly check: CheckId;
    readonly severity: Severity;
    readonly title: string;
  }[];
  readonly moreFindings: number;
  /** Every finding that the alert is about, for machines; absent where it is about none. */
  readonly transitions?: readonly AlertTransition[];
  /** What the worst finding touches in each framework; absent where there is none. */
  readonly controls?: readonly Control[];
  /** Whom the workload's owner tag names, for routing; absent where there is none. */
  readonly owner?: string;
  /** The deployment that tells of it: in its table it can be accepted. Absent where none does, and in alerts of before this was told. */
  readonly deployment?: { readonly stage: string; readonly region: string };
  /** Where to look: a console page, or the report. */
  readonly links: readonly { readonly text: string; readonly url: string }[];
};
