// Applications that run in a browser and keep no secret (decision 10): the pages of their own origins, and of no other, may read our answers.

import type { ClientMetadata } from './agency.ts';
import { readText, readTexts } from './proposal.ts';

/** The origins whose scripts may talk to the protocol's endpoints: those that people come back to. None for an application that is no such one. */
export function readBrowserOrigins(metadata: ClientMetadata): readonly string[] {
  const isPublic = readText(metadata, 'token_endpoint_auth_method') === 'none';
  if (!isPublic || readText(metadata, 'application_type') === 'native') {
    return [];
  }
  return [...new Set(readTexts(metadata, 'redirect_uris').map((uri) => URL.parse(uri)?.origin ?? ''))].filter((origin) => origin !== '');
}
