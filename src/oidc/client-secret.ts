// A service's secret is stored as its SHA-256 only. The engine compares through this one method, its own seam for hashed secrets;
// it is the only prototype this project writes to; kept-clients.ts writes the one static method.

import { timingSafeEqual } from 'node:crypto';
import type { Provider } from 'oidc-provider';
import { toDigest } from '../domain/kernel/ids.ts';

/** In a time that tells nothing of where they differ. */
export function isSameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

export function compareSecretByDigest(provider: Provider): void {
  const { Client } = provider;
  Client.prototype.compareClientSecret = function compareClientSecret(
    this: { readonly clientSecret?: string | undefined },
    actual: string,
  ): boolean {
    return isSameText(toDigest(actual), this.clientSecret ?? '');
  };
}
