// What a page hands to the use cases of recovery. Letters are in the person's own language, whoever asked for them, and their links begin with the issuer as it
// was configured (EN-07).

import type { StoredPerson } from '../../domain/people/person.ts';
import { toShownCode } from '../../domain/kernel/one-time-code.ts';
import type { RecoveryLetters, RecoveryNeeds } from '../../domain/recovery/needs.ts';
import { toRecoveryBegunLetter, toRecoveryCodeLetter } from '../../../views/letters.ts';
import type { Frame } from '../../../views/models.ts';
import { createBareFrame } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';

function createLetters(needs: PageNeeds): RecoveryLetters {
  const toFrame = (person: StoredPerson): Frame => createBareFrame(needs, person.language ?? 'ar');
  return {
    toCode: (person, code) => toRecoveryCodeLetter(toFrame(person), toShownCode(code)),
    toBegun: (person, channel, { way, at, readyAt, cancelToken }) =>
      toRecoveryBegunLetter(toFrame(person), channel, {
        way,
        at,
        until: readyAt,
        cancelUrl: `${needs.issuer}/recover/cancel/${cancelToken}`,
      }),
  };
}

export function toRecoveryNeeds(needs: PageNeeds): RecoveryNeeds {
  const { clock, random, recoveries, people, passkeys, relyingParty, declaring, recoveryWaitMs: waitMs } = needs;
  const { dataKey, lookupKey, doors } = declaring;
  return { clock, random, recoveries, people, passkeys, relyingParty, dataKey, lookupKey, doors, waitMs, letters: createLetters(needs) };
}
