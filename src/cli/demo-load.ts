// Fills the demo world through the operator's commands: migrate, agencies apply, people import, people invite, officers
// invite.

import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Parts } from '../app.ts';
import { systemClock } from '../domain/kernel/clock.ts';
import { hasEverEnrolled } from '../domain/passkeys/create-invitation.ts';
import { roles } from '../domain/staff/officer.ts';
import { parsePersonReference } from '../domain/people/parse-person-reference.ts';
import type { StoredPerson } from '../domain/people/person.ts';
import { runAgenciesApply } from './agencies-apply.ts';
import type { Context, ExitCode, Output } from './context.ts';
import type { DemoSetup } from './demo-setup.ts';
import { runOfficersInvite } from './officers-invite.ts';
import { runPeopleImport } from './people-import.ts';
import { runPeopleInvite } from './people-invite.ts';
import { toContext } from './with-parts.ts';

/** Somebody who can be enrolled: a person of the registry, or an officer. */
export type Invited = {
  readonly kind: string;
  /** In the registry, by which the registrar finds a person. `null`: of an officer, who has none. */
  readonly number: string | null;
  readonly name: { readonly ar: string; readonly en: string };
  /** `null`: has a passkey, or had one, or cannot be invited because the status was changed. */
  readonly link: string | null;
  readonly passkey: 'none' | 'has' | 'had';
};

const personSchema = z
  .object({
    id: z.string(),
    kind: z.string(),
    'given_name#ar': z.string(),
    'given_name#en': z.string(),
    'family_name#ar': z.string(),
    'family_name#en': z.string(),
  })
  .transform(({ id, kind, ...names }) => {
    const ar = `${names['given_name#ar']} ${names['family_name#ar']}`;
    return { id, kind, name: { ar, en: `${names['given_name#en']} ${names['family_name#en']}` } };
  });

const officerSchema = z.object({ role: z.enum(roles), name: z.object({ ar: z.string(), en: z.string() }) });

const invitationSchema = z.object({ url: z.string() });

function readLines<T>(file: string, schema: z.ZodType<T>): readonly T[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => schema.parse(JSON.parse(line)));
}

function createSilence(): Output & { readonly text: () => string } {
  const chunks: string[] = [];
  return { write: (text) => chunks.push(text), isTerminal: false, text: () => chunks.join('') };
}

async function findPerson({ storage, keys }: Pick<Context, 'storage' | 'keys'>, id: string): Promise<StoredPerson | undefined> {
  const found = await parsePersonReference({ people: storage.people, lookupKey: keys.data.lookup }, id);
  return found.ok ? found.value : undefined;
}

/** A person who is there keeps what was done to them since. */
async function needsImport(context: Context, ids: readonly string[]): Promise<boolean> {
  const found = await Promise.all(ids.map(async (id) => findPerson(context, id)));
  return found.includes(undefined);
}

type Inviting = (context: Context) => Promise<ExitCode>;

async function invite(context: Context, run: Inviting): Promise<string | null> {
  const out = createSilence();
  const code = await run({ ...context, out, err: createSilence() });
  return code === 0 ? invitationSchema.parse(JSON.parse(out.text())).url : null;
}

/** False after the reason was printed. */
export async function loadDemoWorld(parts: Parts, setup: DemoSetup): Promise<boolean> {
  await parts.storage.migrate(systemClock);
  const context = toContext(parts, createSilence());
  if ((await runAgenciesApply(context, { file: setup.agenciesFile, json: false })) !== 0) {
    return false;
  }
  const ids = readLines(setup.peopleFile, personSchema).map(({ id }) => id);
  return !(await needsImport(context, ids)) || (await runPeopleImport(context, { file: setup.peopleFile, json: false })) === 0;
}

async function findPasskey(parts: Parts, id: string): Promise<Invited['passkey']> {
  const person = await findPerson(parts, id);
  if (person === undefined || !(await hasEverEnrolled(parts.storage, person.id))) {
    return 'none';
  }
  return (await parts.storage.passkeys.listPasskeys(person.id)).length > 0 ? 'has' : 'had';
}

/**
 * A fresh link for whoever never had a passkey, which ends the one before: so only once it is sure that this demo runs and no other. For anybody else a link is a way in
 * past their passkeys, of which they are told (ADR-0082): a start alone is no reason for one.
 */
export async function inviteDemoPeople(parts: Parts, setup: Pick<DemoSetup, 'peopleFile'>): Promise<readonly Invited[]> {
  const context = toContext(parts);
  const invited: Invited[] = [];
  for (const { id, kind, name } of readLines(setup.peopleFile, personSchema)) {
    const passkey = await findPasskey(parts, id);
    const link = passkey === 'none' ? await invite(context, async (silent) => runPeopleInvite(silent, { id, json: true })) : null;
    invited.push({ kind, number: id, name, link, passkey });
  }
  return invited;
}

/** The same for officers; whoever has a passkey needs no link and gets none. */
export async function inviteDemoOfficers(parts: Parts, setup: Pick<DemoSetup, 'officersFile'>): Promise<readonly Invited[]> {
  const context = toContext(parts);
  const invited: Invited[] = [];
  for (const { role, name } of readLines(setup.officersFile, officerSchema)) {
    // An officer's name is one text, and the desks stand in two languages.
    const named = { role, name: `${name.ar} · ${name.en}`, agencyId: null };
    const known = await parts.storage.staff.findActiveOfficer(named);
    const link = await invite(context, async (silent) => runOfficersInvite(silent, { ...named, json: true }));
    invited.push({ kind: role, number: null, name, link, passkey: (known?.passkeyCount ?? 0) > 0 ? 'has' : 'none' });
  }
  return invited;
}
