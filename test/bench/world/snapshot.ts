/** What was read of one account and Region: response bodies by call. Nothing about its content can be relied on. */
export type Snapshot = Readonly<Record<string, unknown>>;
