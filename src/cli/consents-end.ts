// `huwiya consents revoke RECORD` and `huwiya consents invalidate RECORD`: an order of an authority or a court, carried out.

import { endByAuthority } from '../domain/consent/end-by-authority.ts';
import type { AuthorityNeeds, Ordered } from '../domain/consent/end-by-authority.ts';
import { getSubject } from '../domain/people/get-subject.ts';
import type { Context, ExitCode } from './context.ts';
import { printFailure, printJson, printLine } from './print.ts';
import { isSayable, longestSayable } from './sayable.ts';

export type ConsentsEndOptions = {
  readonly record: string;
  readonly end: Ordered['end'];
  readonly reason: string;
  readonly reference: string;
  readonly json: boolean;
};

export function toAuthorityNeeds({ clock, config, issuer, keys, random, storage }: Context): AuthorityNeeds {
  return {
    clock,
    random,
    consents: storage.consents,
    agencies: storage.agencies,
    people: storage.people,
    signer: { issuer, authority: config.authority, key: keys.receipt.privateKey, kid: keys.receipt.kid },
    getSubject: (person, sector) => getSubject({ people: storage.people, random }, person, sector),
  };
}

export async function runConsentsEnd(context: Context, { record, end, reason, reference, json }: ConsentsEndOptions): Promise<ExitCode> {
  const { out, err } = context;
  if (!isSayable(reason) || !isSayable(reference)) {
    printLine(
      err,
      `consents ${end}: give a reason and a legal reference of at most ${longestSayable} characters each; neither may name a person`,
    );
    return 2;
  }
  const act = { reason: reason.trim(), reference: reference.trim(), actor: { kind: 'operator', ref: null } } as const;
  const ended = await endByAuthority(toAuthorityNeeds(context), { record, end, act });
  if (!ended.ok) {
    printFailure(err, `consents ${end}`, ended.code);
    return 1;
  }
  const { consent, receipt } = ended.value;
  if (json) {
    printJson(out, { record: consent.id, version: consent.version, state: consent.state, receipt: receipt.id });
  } else {
    printLine(out, `${consent.id} is ${consent.state} (version ${consent.version}, receipt ${receipt.id})`);
  }
  return 0;
}
