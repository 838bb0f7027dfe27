// Whether a purpose lets a service be told more of how a person's identity was checked than it did, or in other words.

import { toCanonicalJson } from '../kernel/canonical.ts';
import { evidenceDepths } from './agency.ts';
import type { Purpose } from './agency.ts';

type Verifying = Pick<Purpose, 'verification'>;

function isWithin(after: readonly string[], before: readonly string[]): boolean {
  return after.every((item) => before.includes(item));
}

/** `before` is undefined where there was no purpose. */
export function verifiesMore({ verification: after }: Verifying, before: Verifying | undefined): boolean {
  const known = before?.verification ?? null;
  if (after === null || known === null) {
    return after !== null;
  }
  return [
    !isWithin(after.attributes, known.attributes),
    !isWithin(after.parts, known.parts),
    evidenceDepths.indexOf(after.evidence) > evidenceDepths.indexOf(known.evidence),
  ].includes(true);
}

/** Other words count too: people agreed to those that they read. */
export function isVerificationWider(after: Verifying, before: Verifying): boolean {
  const isReworded =
    after.verification !== null &&
    before.verification !== null &&
    toCanonicalJson(after.verification.why) !== toCanonicalJson(before.verification.why);
  return isReworded || verifiesMore(after, before);
}
