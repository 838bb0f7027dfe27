// What is known of how a user was verified: what the authenticator signed, and otherwise the one way that its model has, where its attestation shows that it is of that model.

import { findModel } from '../metadata/describe-model.ts';
import type { Passkey } from './passkey.ts';
import type { PasskeyNeeds } from './relying-party.ts';
import { toOnlyMethods } from './user-verification.ts';
import type { UserMethod } from './user-verification.ts';

export async function findMethods(
  needs: Pick<PasskeyNeeds, 'metadata'>,
  { aaguid, standing }: Pick<Passkey, 'aaguid' | 'standing'>,
  signed: readonly UserMethod[],
): Promise<readonly UserMethod[]> {
  if (signed.length > 0 || standing !== 'trusted') {
    return signed;
  }
  return toOnlyMethods((await findModel(needs, aaguid))?.userVerification ?? []);
}
