import type { CredentialsOptions, CredentialsProvider } from './credentials-options.ts';

/**
 * Where credentials come from: the SDK's default chain or a profile and, if a role is named, that role on top. Nothing is
 * read or asked before the first call is signed; credentials that run out are renewed by the SDK.
 */
export function credentialsFor(options: CredentialsOptions): CredentialsProvider {
  let chain: Promise<CredentialsProvider> | undefined;
  return async (context) => {
    chain ??= import('./credential-chain.ts').then(({ credentialChain }) => credentialChain(options));
    return (await chain)(context);
  };
}
