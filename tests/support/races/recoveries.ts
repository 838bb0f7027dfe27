// What somebody who lost every passkey uses once: the code of the letter, the second officer's word, and the code that binds the new passkey.

import { z } from 'zod';
import { toDestinationDigest } from '../../../src/domain/declared/code.ts';
import type { StoredPerson } from '../../../src/domain/people/person.ts';
import { systemRandom } from '../../../src/domain/kernel/ids.ts';
import { createOneTimeCode } from '../../../src/domain/kernel/one-time-code.ts';
import { getPersonalData } from '../../../src/domain/people/get-personal-data.ts';
import { toRecoveryCodeDigest } from '../../../src/domain/recovery/code.ts';
import { confirmRecovery, confirmShown, toRecoveryAct } from '../counter.ts';
import { createTraveller } from '../person-journey.ts';
import type { Traveller } from '../person-journey.ts';
import { createAttestedOfficer } from '../staff-journey.ts';
import type { Officer } from '../staff-journey.ts';
import { createOutboxMessage } from '../store-samples.ts';
import { asBrowser, createPost } from '../two-doors.ts';
import type { Shot } from '../two-doors.ts';
import type { Answered } from '../user-agent.ts';
import { createEnrolledPerson, getForm, openAccountPage } from '../visits.ts';
import { countEntries, repeat, uses } from './arena.ts';
import type { Arena, SingleUse } from './arena.ts';
import { comeWithDevices } from './ceremonies.ts';
import type { Duel } from './duels.ts';

const seen = {
  document: 'passport',
  issuer: 'Passports',
  country: 'SAU',
  digits: '42AB',
  expiry: '2099-01-01',
  birth: '1990-05-17',
  seen: 'vpip',
  face: 'yes',
};
const listPath = '/office/recoveries';

/** Tries are counted by address, and all of these come from one. */
const forgetTries = async ({ run }: Arena): Promise<void> => run({ text: 'DELETE FROM limit_counts', values: [] });

type Opened = { readonly person: StoredPerson; readonly traveller: Traveller; readonly recoveryId: string; readonly page: Answered };

/** Opened by the first officer for somebody new; `page`: what the second one is to confirm. */
async function open({ world, issuer }: Arena, one: Officer, two: Officer): Promise<Opened> {
  const { person, traveller } = await createEnrolledPerson(world);
  const number = z.string().parse(getPersonalData({ dataKey: world.keys.data.encryption }, person)['id']);
  const { agent } = one.traveller;
  const form = getForm(await agent.get(`${issuer}${listPath}`), /\/office\/recoveries$/);
  await confirmRecovery(one.traveller, await agent.post(form.action, { ...form.fields, ...seen, number }));
  const [begun = ''] = (await world.storage.recoveries.listOpen(person.id, world.clock.now())).map(({ id }) => id);
  const { action, fields } = getForm(await two.traveller.agent.get(`${issuer}${listPath}/${begun}`), /approve$/);
  return { person, traveller, recoveryId: begun, page: await two.traveller.agent.post(action, { ...fields, ...seen }) };
}

/** Each with a confirmation of its own: what is used once here is the recovery. */
async function confirmOften({ issuer }: Arena, { traveller }: Officer, page: Answered): Promise<readonly Shot[]> {
  const { action, fields } = toRecoveryAct(page);
  const shots: Shot[] = [];
  while (shots.length < uses) {
    const confirmation = await confirmShown(traveller, page);
    shots.push(asBrowser(traveller.agent, createPost(issuer, new URL(action).pathname, { ...fields, confirmation })));
  }
  return shots;
}

const bringOfficers = async ({ world }: Arena): Promise<readonly [Officer, Officer]> => [
  await createAttestedOfficer(world, 'registrar', `First ${createOneTimeCode(systemRandom)}`),
  await createAttestedOfficer(world, 'registrar', `Second ${createOneTimeCode(systemRandom)}`),
];

const approval: SingleUse = {
  name: 'approval of a recovery',
  table: 'recovery_approvals',
  begin: async (arena) => {
    const [one, two] = await bringOfficers(arena);
    return async () => {
      const shots = await confirmOften(arena, two, (await open(arena, one, two)).page);
      return { shots, won: '200 ok', lost: /^(?:410 recovery\/over|429 limit\/reached)$/, left: countEntries('recovery.approved') };
    };
  },
};

const lost = /^(?:400 (?:recovery\/code-wrong|passkey\/challenge-unknown)|429 .*)$/;

/** Approved; each device began a ceremony of its own. */
async function comeBack({ issuer }: Arena, two: Officer, { page }: Opened): Promise<readonly Shot[]> {
  const sheet = await confirmRecovery(two.traveller, page);
  const code = /data-code>([^<]+)</.exec(sheet.body)?.[1] ?? '';
  return comeWithDevices(issuer, `${issuer}/recover/passkey/${code}`);
}

const binding: SingleUse = {
  name: 'code that binds after a recovery',
  table: 'passkeys',
  begin: async (arena) => {
    const [one, two] = await bringOfficers(arena);
    return async () => {
      await forgetTries(arena);
      const shots = await comeBack(arena, two, await open(arena, one, two));
      return { shots, won: '200 ok', lost, left: countEntries('recovery.completed') };
    };
  },
};

const letter: SingleUse = {
  name: 'code of a recovery from a letter',
  table: 'recoveries',
  begin: async (arena) => {
    const { issuer, world } = arena;
    const { encryption: dataKey, lookup } = world.keys.data;
    return async (): Promise<{ shots: readonly Shot[]; won: string; lost: RegExp; left: ReturnType<typeof countEntries> }> => {
      await forgetTries(arena);
      const { person } = await createEnrolledPerson(world);
      const email = z.string().parse(getPersonalData({ dataKey }, person)['email']);
      const code = createOneTimeCode(systemRandom);
      const now = world.clock.now();
      await world.storage.recoveries.saveCode({
        code: {
          digest: toRecoveryCodeDigest(lookup, code),
          personId: person.id,
          destinationDigest: toDestinationDigest(lookup, 'email', email),
          sentAt: now,
          expiresAt: now + 1_800_000,
        },
        isMeant: true,
        message: createOutboxMessage({ topic: 'mail' }),
      });
      const { agent } = createTraveller(issuer);
      const form = getForm(await agent.get(`${issuer}/recover/code`), /\/recover\/code$/);
      const shot = asBrowser(agent, createPost(issuer, '/recover/code', { ...form.fields, code }));
      return { shots: repeat(() => shot), won: '200 ok', lost, left: countEntries('recovery.begun') };
    };
  },
};

export const recoveryUses: readonly SingleUse[] = [letter, approval, binding];

type End = { readonly entries: number; readonly alive: number; readonly recovered: number; readonly state: number };

/** Exactly one end, and the passkeys are as it says. */
async function readEnd({ count }: Arena, { person, recoveryId }: Opened, end: 'completed' | 'cancelled'): Promise<End> {
  const of = async (text: string, ...values: readonly string[]): Promise<number> =>
    count({ text: `SELECT count(*) AS n FROM ${text}`, values });
  const named = 'entries JOIN entry_secrets ON entry_secrets.entry_id = entries.id WHERE entry_secrets.person_ref = ? AND entries.type = ?';
  return {
    entries: await of(named, person.id, `recovery.${end}`),
    state: await of('recoveries WHERE id = ? AND state = ?', recoveryId, end),
    alive: await of('passkeys WHERE person_id = ? AND ended_at IS NULL', person.id),
    recovered: await of("passkeys WHERE person_id = ? AND end_reason = 'recovered'", person.id),
  };
}

const done = { entries: 1, state: 1, alive: 1 };
const undone = { entries: 0, state: 0, alive: 1 };

/** The new passkey alone, or the old one alone, and one entry: what was completed, what was cancelled. */
const pictures = [
  [
    { ...done, recovered: 1 },
    { ...undone, recovered: 1 },
  ],
  [
    { ...undone, recovered: 0 },
    { ...done, recovered: 0 },
  ],
].map((picture) => JSON.stringify(picture));

const cancelling: Duel = {
  name: 'binding of a passkey after a recovery',
  table: 'entries',
  begin: async (arena) => {
    const { issuer } = arena;
    const [one, two] = await bringOfficers(arena);
    return async () => {
      await forgetTries(arena);
      const opened = await open(arena, one, two);
      const { traveller, recoveryId } = opened;
      const [late, ...shots] = await comeBack(arena, two, opened);
      if (late === undefined) {
        throw new Error('no device came');
      }
      await openAccountPage(traveller);
      const path = `/account/recoveries/${recoveryId}/cancel`;
      const { fields } = getForm(await traveller.agent.get(`${issuer}${path}`), /\/cancel$/);
      const findWrong = async (): Promise<readonly string[]> => {
        const picture = JSON.stringify([await readEnd(arena, opened, 'completed'), await readEnd(arena, opened, 'cancelled')]);
        return pictures.includes(picture) ? [] : [picture];
      };
      return {
        end: asBrowser(traveller.agent, createPost(issuer, path, fields)),
        done: /^(?:303 \/recover\/cancelled|410 recovery\/over|401 session\/ended)$/,
        shots: shots.slice(0, 3),
        late,
        served: /^200 ok$/,
        refused: lost,
        findWrong,
      };
    };
  },
};

export const recoveryDuels: readonly Duel[] = [cancelling];
