// The metadata of a provider, read as any relying party reads it (OpenID Connect Discovery 1.0 §4).

import { expect } from 'vitest';
import { toObject } from '../support/raw-request.ts';

export type Metadata = Readonly<Record<string, unknown>>;

export async function readDiscovery(issuer: string): Promise<Metadata> {
  const response = await fetch(`${issuer}/.well-known/openid-configuration`);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^application\/json/)]);
  return toObject(await response.text());
}
