// A signed statement lets somebody in who has no passkey: through the same use case as the counter, once, and with one refusal for everybody whom it does not
// let in, so that an issuer learns nothing of a person beyond what it stated (EN-06).

import { dayMs } from '../kernel/clock.ts';
import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { toDigest } from '../kernel/ids.ts';
import type { StoredPerson } from '../people/person.ts';
import { enrolProven } from './enrol-proven.ts';
import type { EnrolNeeds, HandedOver } from './enrol-proven.ts';
import { isProvenByIssuer } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import { longestLifeSeconds, verifyStatement } from './statement.ts';
import type { Statement, StatementNeeds } from './statement.ts';
import type { ProofingIssuer } from './issuer.ts';

export type TakeNeeds = EnrolNeeds & StatementNeeds & { readonly findByRegistryId: (text: string) => Promise<StoredPerson | undefined> };

/** The person is not before anybody any more: a check of the day before says who they are, and no longer who holds the code. */
const freshMs = dayMs;

const nobody = '00000000-0000-0000-0000-000000000000';

export async function takeStatement(needs: TakeNeeds, jwt: string): Promise<Outcome<HandedOver, 'proofing/statement-refused'>> {
  const verified = await verifyStatement(needs, jwt);
  if (!verified.ok) {
    return verified;
  }
  const { issuer, statement } = verified.value;
  const person = await needs.findByRegistryId(statement.sub);
  const { verification } = statement.verified_claims;
  const checked = {
    personId: person?.id ?? nobody,
    at: Date.parse(verification.time),
    isHigh: isHigh(issuer, statement),
    trustFramework: verification.trust_framework,
    assuranceLevel: verification.assurance_level,
    evidence: verification.evidence,
    by: { kind: 'issuer', ref: issuer.issuer },
  } as const;
  const once = { key: toDigest(`proofing:${issuer.issuer}\n${statement.jti}`), expiresAt: (statement.iat + 2 * longestLifeSeconds) * 1000 };
  const enrolled = await enrolProven(needs, checked, once);
  return enrolled.ok ? succeed(enrolled.value) : refuse('proofing/statement-refused', enrolled.code);
}

/** In presence or by chip, as the issuer may say, of one document, and just now: the whole of it and each check that counts. */
function isHigh({ high_methods: high }: ProofingIssuer, { iat, verified_claims: { verification } }: Statement): boolean {
  const isFresh = ({ time }: { readonly time: string }): boolean => iat * 1000 - Date.parse(time) <= freshMs;
  const toFresh = (evidence: Evidence): Evidence => ({ ...evidence, check_details: evidence.check_details.filter(isFresh) });
  return isFresh(verification) && verification.evidence.some((evidence) => isProvenByIssuer(toFresh(evidence), high));
}
