import { refuse } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { ContactChange } from './contact-change.ts';
import { findContactChange } from './find-contact-change.ts';
import type { WaitingAsked } from './find-contact-change.ts';
import type { LetterWords } from './letter.ts';
import type { DeclaredNeeds } from './needs.ts';
import { sendCode } from './send-code.ts';

/** A new code to the same address; the one before ends. */
export async function resendCode(
  needs: DeclaredNeeds,
  asked: WaitingAsked & { readonly toWords: (code: string) => LetterWords },
): Promise<Outcome<ContactChange, 'contact/code-ended' | 'contact/too-many-codes'>> {
  const waiting = await findContactChange(needs, asked);
  if (waiting === undefined) {
    return refuse('contact/code-ended', 'no change of this session waits for a code');
  }
  return sendCode(needs, { ...asked, address: waiting.address, begunAt: waiting.change.begunAt });
}
