// `huwiya people invite ID`. For somebody who has a passkey, or had one, it is a way in by one operator: it stays possible, is told to the person, and is said to
// the operator (ADR-0082).

import { toTimestamp } from '../domain/kernel/clock.ts';
import { createInvitation } from '../domain/passkeys/create-invitation.ts';
import { getPersonalData } from '../domain/people/get-personal-data.ts';
import { parsePersonReference } from '../domain/people/parse-person-reference.ts';
import type { StoredPerson } from '../domain/people/person.ts';
import type { Context, ExitCode } from './context.ts';
import { findWordProblem, listUnsaid, toWord } from './operators-word.ts';
import type { GivenWord } from './operators-word.ts';
import { printFailure, printJson, printLine } from './print.ts';

export type PeopleInviteOptions = GivenWord & { readonly id: string; readonly json: boolean };

/** The link is a bearer value: it goes to standard output, once, and nowhere else. */
export async function runPeopleInvite(context: Context, options: PeopleInviteOptions): Promise<ExitCode> {
  const { storage, keys, clock, random, out, err } = context;
  const problem = findWordProblem(options);
  if (problem !== undefined) {
    printLine(err, `people invite: ${problem}`);
    return 2;
  }
  const found = await parsePersonReference({ people: storage.people, lookupKey: keys.data.lookup }, options.id);
  if (!found.ok) {
    printFailure(err, 'people invite', found.code);
    return 1;
  }
  const { people, passkeys } = storage;
  const needs = { people, passkeys, clock, random, invitationLifeSeconds: context.config.enrolmentCodeHours * 3600 };
  const issued = await createInvitation(needs, {
    personId: found.value.id,
    actor: { kind: 'operator', ref: null },
    word: toWord(options),
  });
  if (!issued.ok) {
    printLine(err, `people invite: this person is ${found.value.status} and cannot be invited`);
    return 1;
  }
  const url = `${context.issuer}/enrol/${issued.value.token}`;
  const expiresAt = toTimestamp(issued.value.expiresAt);
  if (options.json) {
    printJson(out, { url, expires_at: expiresAt });
  } else {
    printLine(out, url);
    printLine(out, `works once, until ${expiresAt}`);
  }
  if (issued.value.isReturning) {
    [...listWarnings(context, found.value), ...listUnsaid(options)].forEach((line) => printLine(err, `people invite: ${line}`));
  }
  return 0;
}

function listWarnings(context: Context, person: StoredPerson): readonly string[] {
  return [
    'this person has a passkey, or had one: whoever opens the link can sign in as them, up to the level substantial.',
    ...listWhoHears(context, person),
    'Somebody who lost every passkey comes back by recovery, on the page /recover or at a counter with two officers.',
  ];
}

/** A letter goes to a proven address alone. Where none can leave, the operator knows that nobody hears of the link in time. */
function listWhoHears({ config, keys }: Context, person: StoredPerson): readonly string[] {
  const { email, email_verified: isProven } = getPersonalData({ dataKey: keys.data.encryption }, person);
  const hasAddress = typeof email === 'string' && isProven === true;
  if (hasAddress && config.mail !== undefined) {
    return [
      'They are told now, by a letter to their proven email address, and again when the link is used. One press in it stops everything.',
    ];
  }
  const reason = hasAddress ? 'no letters leave this installation' : 'they have no proven email address';
  return [`No letter tells them, for ${reason}: they read of it on their own page alone. Be sure that it is they who asked.`];
}
