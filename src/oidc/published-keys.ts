// The keys of a service that publishes them. The engine gets them as if they were registered inline and fetches nothing: left to itself it asks an address
// again only when a signature fails, so that a key which was taken out there would be believed for as long as it verifies; it follows redirects, reads
// without end, and believes whatever lifetime it is told (security finding M20).

import type { AllClientMetadata, Configuration } from 'oidc-provider';
import type { Jwk } from '../domain/agencies/proposal.ts';

/** Keeps what it read, and bounds how often it asks and how long a key is believed. Undefined: nothing is to be had there now. */
export type FindKeys = (url: string) => Promise<readonly Jwk[] | undefined>;

/** Where the keys cannot be read there are none, and whoever signs in as the service is not believed. */
export async function withPublishedKeys(findKeys: FindKeys, client: AllClientMetadata): Promise<AllClientMetadata> {
  const { jwks_uri: address, ...rest } = client;
  if (address === undefined) {
    return client;
  }
  const keys = (await findKeys(address)) ?? [];
  return { ...rest, jwks: { keys: keys.flatMap(toEngineKey) } };
}

function toEngineKey({ kty, ...members }: Jwk) {
  return typeof kty === 'string' ? [{ ...members, kty }] : [];
}

/** Nothing leaves from here: not for keys, not for a sector identifier, not for a notice. */
export const refuseToFetch: NonNullable<Configuration['fetch']> = async () => {
  throw new TypeError('the engine fetches nothing');
};
