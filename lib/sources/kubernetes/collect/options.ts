/** Which cluster, and as whom. */
export type ClusterOptions = {
  /** The kubeconfig; absent: what kubectl would take (KUBECONFIG, `~/.kube/config`), else the service account of the pod that this runs in. */
  readonly kubeconfig?: string;
  /** The context of the kubeconfig; absent: its current one. */
  readonly context?: string;
};

export type CollectOptions = ClusterOptions & {
  readonly clock: () => Date;
  /** Waits before a request is made again. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Lists that are read at once. */
  readonly concurrency: number;
  /** For one list with all its pages and retries. */
  readonly deadlineMs: number;
  /** For one request. */
  readonly requestMs: number;
  /** Objects in one page; the server may give fewer. */
  readonly pageSize: number;
  readonly onProgress?: (progress: CollectProgress) => void;
  /** Ends the whole: what was not read by then becomes blind spots. */
  readonly signal?: AbortSignal;
};

/** How far it is, told when a list has ended. */
export type CollectProgress = {
  /** `pods`, `daemonsets.apps`, … */
  readonly list: string;
  readonly state: 'read' | 'failed';
  readonly items: number;
  readonly done: number;
  readonly planned: number;
};
