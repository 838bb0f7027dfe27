// The operator trusts an issuer of statements, or ends that trust: each an entry, from the next statement on.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/ids.ts';
import { sealEvent } from '../ledger/event.ts';
import type { IssuerFile, ProofingIssuer } from './issuer.ts';
import type { ProofingStore } from './store.ts';

type IssuerNeeds = { readonly clock: Clock; readonly random: Random; readonly proofings: Pick<ProofingStore, 'saveIssuer'> };

const operator = { kind: 'operator', ref: null } as const;

/** What was registered under this name before gives way to it. */
export async function trustIssuer(needs: IssuerNeeds, file: IssuerFile): Promise<ProofingIssuer> {
  const trusted: ProofingIssuer = { ...file, since: needs.clock.now(), endedAt: null };
  const { issuer, trust_framework, assurance_levels, check_methods, high_methods, jwks } = file;
  const payload = { issuer, trust_framework, assurance_levels, check_methods, high_methods, keys: jwks.keys.map(({ kid }) => kid) };
  await needs.proofings.saveIssuer(trusted, sealEvent(needs, { type: 'issuer.trusted', personRef: null, actor: operator, payload }));
  return trusted;
}

export async function endIssuer(
  needs: IssuerNeeds & { readonly proofings: Pick<ProofingStore, 'findIssuer'> },
  issuer: string,
): Promise<Outcome<ProofingIssuer, 'proofing/issuer-unknown'>> {
  const known = await needs.proofings.findIssuer(issuer);
  if (known === undefined) {
    return refuse('proofing/issuer-unknown', 'not registered, or ended before');
  }
  const ended = { ...known, endedAt: needs.clock.now() };
  await needs.proofings.saveIssuer(
    ended,
    sealEvent(needs, { type: 'issuer.ended', personRef: null, actor: operator, payload: { issuer } }),
  );
  return succeed(ended);
}
