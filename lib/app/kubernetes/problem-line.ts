import { plain } from '#report';
import { placeText, type Problem } from '#sources/kubernetes';

/** `policies.yaml:12 NetworkPolicy shop/web spec.ingress[0].from[0]: names nobody: …`, for people. */
export function problemLine({ at, object, field, message }: Problem): string {
  const parts = [placeText(at), object, field].filter((part) => part !== '');
  return `${parts.map(plain).join(' ')}: ${plain(message)}`;
}
