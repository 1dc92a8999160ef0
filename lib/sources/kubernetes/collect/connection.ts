import { HttpMethod, IsomorphicFetchHttpLibrary, KubeConfig, RequestContext } from '@kubernetes/client-node';
import { oneLine } from '#sources/shared';
import { ClusterNotRead } from './cluster-not-read.ts';
import type { ClusterOptions } from './options.ts';

export type Answer = {
  readonly status: number;
  /** By names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
};

/** A way to a cluster's API server that can only GET. */
export type Connection = {
  readonly context: string;
  readonly server: string;
  readonly get: (
    path: string,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ) => Promise<Answer>;
};

/** Where the client looks when it has found no configuration. */
const NOWHERE = 'http://localhost:8080';

/**
 * Opens a cluster by the official client: its kubeconfig, TLS, proxies and ways to log in (certificates, tokens, plugins that are run). The
 * requests are plain ones by its own transport, since its typed lists turn each object into one of its classes and drop what those do not know.
 *
 * @throws ClusterNotRead if there is no usable configuration
 */
export function connect(options: ClusterOptions): Connection {
  const config = configOf(options);
  const cluster = config.getCurrentCluster();
  const user = config.getCurrentUser();
  const context = config.getCurrentContext();
  if (cluster === null || user === null) {
    const missing = cluster === null ? 'cluster' : 'user';
    throw new ClusterNotRead(
      `the context ${oneLine(context)} names a ${missing} that the kubeconfig does not have. Choose another with --context (there are: ${contextsOf(config)})`,
    );
  }
  const server = cluster.server.replace(/\/+$/, '');
  if (server === NOWHERE && options.kubeconfig === undefined) {
    throw new ClusterNotRead(
      'no kubeconfig was found (KUBECONFIG, ~/.kube/config) and this is not a pod. Name one with KUBECONFIG, or read manifests instead: --kubernetes DIR',
    );
  }
  const transport = new IsomorphicFetchHttpLibrary();
  return {
    context,
    server,
    get: async (path, query, signal) => {
      const url = new URL(server + path);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
      const request = new RequestContext(url.href, HttpMethod.GET);
      request.setHeaderParam('Accept', 'application/json');
      request.setSignal(signal);
      await config.applySecurityAuthentication(request);
      const response = await transport.send(request).toPromise();
      return { status: response.httpStatusCode, headers: response.headers, text: await response.body.text() };
    },
  };
}

function configOf({ kubeconfig, context }: ClusterOptions): KubeConfig {
  const config = new KubeConfig();
  try {
    if (kubeconfig === undefined) config.loadFromDefault();
    else config.loadFromFile(kubeconfig);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ClusterNotRead(
      `${oneLine(kubeconfig ?? 'the kubeconfig')} cannot be used: ${oneLine(why)}. Try it with kubectl, or name another`,
      { cause },
    );
  }
  if (context !== undefined) {
    if (!config.getContexts().some(({ name }) => name === context)) {
      throw new ClusterNotRead(
        `there is no context ${oneLine(context)} in the kubeconfig. There are: ${contextsOf(config)}`,
      );
    }
    config.setCurrentContext(context);
  }
  if (!config.getCurrentContext()) {
    throw new ClusterNotRead(
      `the kubeconfig has no current context. Choose one with --context: ${contextsOf(config)}`,
    );
  }
  return config;
}

function contextsOf(config: KubeConfig): string {
  const names = config.getContexts().map(({ name }) => oneLine(name, 80));
  return names.length === 0 ? 'none' : names.join(', ');
}
