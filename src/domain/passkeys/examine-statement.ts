// Which attestation statements are examined, and how (WebAuthn L3 §8). The library is not asked: it holds one store of roots for the whole process, refuses
// people for certificates that nobody asked about, and follows revocation lists of the sender's choice (ADR-0068).

import { examineAndroidKey } from './statement-android-key.ts';
import { examineApple } from './statement-apple.ts';
import { examinePacked } from './statement-packed.ts';
import { examineTpm } from './statement-tpm.ts';
import type { Examination, ExaminedStatement } from './statement.ts';

type Examine = (asked: ExaminedStatement) => Examination;

/** `fido-u2f` is not among them: it cannot say that the user was verified. Nor `android-safetynet`, which its maker has ended. */
const examines: ReadonlyMap<string, Examine> = new Map([
  ['none', ({ statement }: ExaminedStatement) => (statement.size === 0 ? 'unexamined' : 'wrong')],
  ['packed', examinePacked],
  ['tpm', examineTpm],
  ['android-key', examineAndroidKey],
  ['apple', examineApple],
]);

export function examineStatement(asked: ExaminedStatement): Examination {
  return examines.get(asked.format)?.(asked) ?? 'unexamined';
}
