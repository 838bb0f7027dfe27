// `huwiya people invite ID`

import { toTimestamp } from '../domain/kernel/clock.ts';
import { createInvitation, defaultInvitationLifeSeconds } from '../domain/passkeys/create-invitation.ts';
import { parsePersonReference } from '../domain/people/parse-person-reference.ts';
import type { Context, ExitCode } from './context.ts';
import { printFailure, printJson, printLine } from './print.ts';

export type PeopleInviteOptions = { readonly id: string; readonly json: boolean };

/** The link is a bearer value: it goes to standard output, once, and nowhere else. */
export async function runPeopleInvite(context: Context, options: PeopleInviteOptions): Promise<ExitCode> {
  const { storage, keys, clock, random, out, err } = context;
  const found = await parsePersonReference({ people: storage.people, lookupKey: keys.data.lookup }, options.id);
  if (!found.ok) {
    printFailure(err, 'people invite', found.code);
    return 1;
  }
  const needs = { people: storage.people, clock, random, invitationLifeSeconds: defaultInvitationLifeSeconds };
  const issued = await createInvitation(needs, {
    personId: found.value.id,
    actor: { kind: 'operator', ref: null },
    ceiling: 'substantial',
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
  return 0;
}
