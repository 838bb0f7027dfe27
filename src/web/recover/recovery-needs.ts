// What a page hands to the use cases of recovery. Letters are in the person's own language, whoever asked for them, and their links begin with the issuer as it
// was configured (EN-07).

import type { LetterWords } from '../../domain/declared/letter.ts';
import type { StoredPerson } from '../../domain/people/person.ts';
import { toRecoveredLifting } from '../../domain/protection/lift-freezes.ts';
import { toShownCode } from '../../domain/kernel/one-time-code.ts';
import type { RecoveryLetters, RecoveryNeeds } from '../../domain/recovery/needs.ts';
import { joinLetters } from '../../../views/letters.ts';
import { toRecoveryBegunLetter, toRecoveryBegunText, toRecoveryCodeLetter, toRecoveryDueLetter } from '../../../views/recovery-letters.ts';
import type { Frame } from '../../../views/models.ts';
import { createBareFrame } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';

/** In the language that the person saved, in both where there is none. A text message has room for one. */
function createLetters(needs: PageNeeds): RecoveryLetters {
  const write = ({ language }: StoredPerson, compose: (frame: Frame) => LetterWords): LetterWords =>
    language === null
      ? joinLetters(compose(createBareFrame(needs, 'ar')), compose(createBareFrame(needs, 'en')))
      : compose(createBareFrame(needs, language));
  return {
    toCode: (person, code) => write(person, (frame) => toRecoveryCodeLetter(frame, toShownCode(code))),
    toBegun: (person, channel, { way, at, readyAt, cancelToken }) => {
      const begun = { way, at, until: readyAt, cancelUrl: `${needs.issuer}/recover/cancel/${cancelToken}` };
      return channel === 'phone'
        ? toRecoveryBegunText(createBareFrame(needs, person.language ?? 'ar'), begun)
        : write(person, (frame) => toRecoveryBegunLetter(frame, begun));
    },
    toDue: (person, until) => write(person, (frame) => toRecoveryDueLetter(frame, { until, url: `${needs.issuer}/recover/number` })),
  };
}

export function toRecoveryNeeds(needs: PageNeeds): RecoveryNeeds {
  const { clock, random, recoveries, people, passkeys, relyingParty, declaring, recoveryWaitMs: waitMs } = needs;
  const { dataKey, lookupKey, doors } = declaring;
  return {
    clock,
    random,
    recoveries,
    people,
    passkeys,
    metadata: needs.metadata,
    relyingParty,
    dataKey,
    lookupKey,
    doors,
    waitMs,
    letters: createLetters(needs),
    toLifting: (personId) => toRecoveredLifting(needs, personId),
  };
}
