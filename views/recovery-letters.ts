// Letters of a recovery: the code, that somebody asked to come back and how to stop it, and that the waiting time is over.

import type { LetterWords } from '../src/domain/declared/letter.ts';
import type { Millis } from '../src/domain/kernel/clock.ts';
import { toBareText, toLetter, toLine } from './letters.ts';
import type { LetterFrame } from './letters.ts';

export function toRecoveryCodeLetter(frame: LetterFrame, code: string): LetterWords {
  const { texts } = frame;
  return toLetter(frame, toLine(texts, 'letter-recovery-code-subject'), [
    { kind: 'line', text: toLine(texts, 'letter-recovery-code-why') },
    { kind: 'code', text: code },
    { kind: 'line', text: toLine(texts, 'letter-recovery-code-not-you') },
  ]);
}

export type BegunRecovery = {
  readonly way: 'waiting' | 'counter';
  readonly at: Millis;
  readonly until: Millis | null;
  /** Opens a page with a button; opening it does nothing. */
  readonly cancelUrl: string;
};

export function toRecoveryBegunText({ texts }: LetterFrame, { cancelUrl: url }: BegunRecovery): LetterWords {
  return { subject: '', text: `${toLine(texts, 'letter-recovery-sms', { url })}\n`, html: null };
}

export function toRecoveryBegunLetter(frame: LetterFrame, { way, at, until, cancelUrl }: BegunRecovery): LetterWords {
  const { texts, dates } = frame;
  const values = { moment: toBareText(dates.moment(at)), until: until === null ? '' : toBareText(dates.moment(until)) };
  return toLetter(frame, toLine(texts, 'letter-recovery-begun-subject'), [
    { kind: 'line', text: toLine(texts, `letter-recovery-begun-${way}`, values) },
    { kind: 'line', text: toLine(texts, 'letter-recovery-begun-not-you') },
    { kind: 'link', text: cancelUrl },
    { kind: 'line', text: toLine(texts, `letter-recovery-begun-you-${way}`) },
  ]);
}

export function toRecoveryDueLetter(frame: LetterFrame, { until, url }: { readonly until: Millis; readonly url: string }): LetterWords {
  const { texts, dates } = frame;
  return toLetter(frame, toLine(texts, 'letter-recovery-due-subject'), [
    { kind: 'line', text: toLine(texts, 'letter-recovery-due', { until: toBareText(dates.moment(until)) }) },
    { kind: 'link', text: url },
    { kind: 'line', text: toLine(texts, 'letter-recovery-due-not-you') },
  ]);
}
