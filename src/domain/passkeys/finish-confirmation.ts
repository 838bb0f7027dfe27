// The second half of confirming an act: what comes back is the evidence by which anybody can check the same again later.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { Level } from '../kernel/levels.ts';
import { answerAsOwn } from './answer-own.ts';
import type { OwnAnswer, OwnRefusal, Whose } from './answer-own.ts';
import { reachesLevel } from './authentication-facts.ts';
import { findJwk } from './check-public-key.ts';
import type { CeremonyAnswer } from './parse-answer.ts';
import { isCborMap, parseCborItem } from './parse-cbor.ts';
import type { Passkey } from './passkey.ts';
import type { PasskeyNeeds } from './relying-party.ts';

export type ConfirmationRefusal = OwnRefusal | 'service/level-too-low';

export type Confirmed = {
  readonly challenge: string;
  readonly assertion: {
    /** JWK of the passkey. */
    readonly key: { readonly [name: string]: string };
    readonly authenticatorData: string;
    readonly clientDataJson: string;
    readonly signature: string;
  };
};

export async function finishConfirmation(
  needs: PasskeyNeeds,
  { level, ...whose }: Whose & { readonly level: Level },
  answer: CeremonyAnswer,
): Promise<Outcome<Confirmed, ConfirmationRefusal>> {
  const own = await answerAsOwn(needs, { ...whose, purpose: 'confirm' }, answer);
  if (!own.ok) {
    return own;
  }
  return reachesLevel(own.value.passkey, level) ? toConfirmed(own.value) : refuse('service/level-too-low', 'the passkey that confirms');
}

function toConfirmed({ passkey, challenge, signed }: OwnAnswer): Outcome<Confirmed, 'passkey/refused'> {
  const key = findKey(passkey);
  const { authenticatorData, clientDataJSON, signature } = signed;
  return key === undefined
    ? refuse('passkey/refused', 'public-key')
    : succeed({ challenge, assertion: { key, authenticatorData, clientDataJson: clientDataJSON, signature } });
}

function findKey({ publicKey }: Passkey): Confirmed['assertion']['key'] | undefined {
  const item = parseCborItem(Buffer.from(publicKey, 'base64url'), 0);
  const jwk = item.ok && isCborMap(item.value.value) ? findJwk(item.value.value) : undefined;
  const members = Object.entries(jwk ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return jwk === undefined ? undefined : Object.fromEntries(members);
}
