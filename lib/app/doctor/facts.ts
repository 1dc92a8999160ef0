import type { TriedRead } from '#sources/aws';
import type { Deployment } from '../desk/deployment.ts';
import type { Selectors } from './logged-writes.ts';
import type { Told } from './told.ts';

/** A trail that some Region names as its own or as a copy. */
export type Trail = {
  readonly arn: string;
  readonly homeRegion: string;
  readonly isMultiRegion: boolean;
  readonly isOrganization: boolean;
  readonly isLogging: Told<boolean>;
  readonly selectors: Told<Selectors>;
};

export type EventRule = { readonly name: string; readonly isEnabled: boolean };

export type RegionFacts = {
  readonly region: string;
  readonly trails: Told<readonly Trail[]>;
  /** The rules on the default bus whose names begin with the deployment's. */
  readonly rules: Told<readonly EventRule[]>;
};

export type AccountFacts = {
  readonly account: string;
  /** Why the account could not be looked into, if it could not. */
  readonly entry: Told<'own' | 'reader role'>;
  readonly reads: Told<readonly TriedRead[]>;
  readonly regions: Told<readonly RegionFacts[]>;
};

/** What the weekly mail needs of SES. An identity that is there and waits is `false`, one that is not there `undefined`. */
export type MailFacts = {
  readonly from: string;
  readonly account: Told<{ readonly isProduction: boolean; readonly isSending: boolean }>;
  readonly sender: Told<boolean | undefined>;
  /** In the sandbox, those who are to get it; else nobody needs to be asked about. */
  readonly recipients: readonly {
    readonly address: string;
    readonly isVerified: Told<boolean | undefined>;
  }[];
};

/** What is in the hub alone. `undefined` within an answer: it is not there. */
export type HubFacts = {
  readonly busRules: Told<readonly EventRule[] | undefined>;
  readonly topic: Told<{ readonly confirmed: number; readonly pending: number } | undefined>;
  /** Whether the secret is in the form that Slack's channel takes; a text says what is wrong with it. Absent: Slack is not turned on. */
  readonly slackSecret?: Told<'fine' | 'absent' | { readonly malformed: string }>;
  /** Absent: nobody is to get the weekly mail. */
  readonly mail?: MailFacts;
  /** The last sign of life of each forwarder, ISO 8601, by target. */
  readonly heartbeats: Told<ReadonlyMap<string, string>>;
  /** When each target was last read, ISO 8601, by target. */
  readonly lastReads: Told<ReadonlyMap<string, string>>;
};

export type DoctorFacts = {
  readonly deployment: Deployment;
  readonly now: Date;
  /** Absent: the credentials are not those of the hub's account. */
  readonly hub?: HubFacts;
  readonly accounts: Told<readonly AccountFacts[]>;
};
