/** An object of the Kubernetes API, as far as every kind has the same members: parsed JSON. */
export type ClusterObject = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name?: string | undefined;
    readonly namespace?: string | undefined;
    readonly [member: string]: unknown;
  };
  readonly [member: string]: unknown;
};
