/** The cluster could not be read at all: no usable kubeconfig, a server that is not there or not trusted, or a user that it does not know. */
export class ClusterNotRead extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ClusterNotRead';
  }
}
