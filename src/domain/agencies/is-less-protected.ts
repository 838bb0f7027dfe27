// Whether a service would be less protected than it is. Not the fields count but what they come to: a protection can be taken away by another way of proving who
// asks, by another mode of answering, or by a member that is left out.

import type { Service } from './agency.ts';
import { signedModes } from './class-rules.ts';
import { findWeaknesses } from './find-weaknesses.ts';
import { readTexts } from './proposal.ts';

/** What a service asked for beyond its class, and has from then on. */
const protections: readonly ((metadata: Service['metadata']) => boolean)[] = [
  (metadata) => metadata['require_signed_request_object'] === true,
  (metadata) => metadata['id_token_encrypted_response_alg'] !== undefined,
  (metadata) => metadata['userinfo_encrypted_response_alg'] !== undefined,
  (metadata) => hasSignedAnswersOnly(readTexts(metadata, 'response_modes')),
];

function hasSignedAnswersOnly(modes: readonly string[]): boolean {
  return modes.length > 0 && modes.every((mode) => signedModes.includes(mode));
}

export function isLessProtected(after: Service, before: Service): boolean {
  const known = findWeaknesses(before);
  return (
    findWeaknesses(after).some((weakness) => !known.includes(weakness)) ||
    protections.some((isProtected) => isProtected(before.metadata) && !isProtected(after.metadata))
  );
}
