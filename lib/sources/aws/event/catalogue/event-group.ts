/** How directly a call moves reach: 1 by itself, 2 through a workload, 3 at a managed edge; 4 blinds the monitor; 0 is in no list. */
export type Tier = 0 | 1 | 2 | 3 | 4;

/** Calls of one service that are about one thing. */
export type EventGroup = {
  readonly about: string;
  /** `eventSource` of the records. Names are not unique among services, so a name means nothing without it. */
  readonly source: string;
  readonly tier: Exclude<Tier, 0>;
  /** `eventName` of the records: the API's name, for Lambda with the date that it logs. */
  readonly names: readonly string[];
};
