// What a freeze closes, while it comes: a decision, the tokens of a code, a refresh, a release. And its own end: two who lift it, and one who freezes anew.

import { clinicSecret } from '../sample-services.ts';
import { fetchUserInfo, requestTokens } from '../service.ts';
import type { Tokens } from '../service.ts';
import { toObject } from '../raw-request.ts';
import { beginCeremony, createTraveller, enrol, signIn } from '../person-journey.ts';
import type { Traveller } from '../person-journey.ts';
import { createSoftwareAuthenticator } from '../software-authenticator.ts';
import { asBrowser, createPost } from '../two-doors.ts';
import type { Shot, Timed } from '../two-doors.ts';
import { createOtherBrowser, createRequest, exchange, getForm, openAccountPage, visit } from '../visits.ts';
import { countEntries, uses } from './arena.ts';
import type { Arena, Count, SingleUse } from './arena.ts';
import { toShot as toAnswer } from './ceremonies.ts';
import type { Bout, Duel } from './duels.ts';

type Somebody = { readonly traveller: Traveller; readonly id: string };

/** Whose passkey counts nothing, so that its answers may arrive in any order. */
async function createSomebody({ world, issuer }: Arena): Promise<Somebody> {
  const traveller = createTraveller(issuer, createSoftwareAuthenticator({ counterStep: 0 }));
  const { id } = await world.addPerson();
  const person = await world.storage.people.findPerson(id);
  if (person === undefined) {
    throw new Error('nobody was added');
  }
  await enrol(traveller, await world.invite(person));
  return { traveller, id };
}

const press = ({ agent, issuer }: Traveller, { action, fields }: ReturnType<typeof getForm>, pressed = {}): Shot =>
  asBrowser(agent, createPost(issuer, new URL(action).pathname, { ...fields, ...pressed }));

async function toFreeze(traveller: Traveller): Promise<Shot> {
  await openAccountPage(traveller);
  return press(traveller, getForm(await traveller.agent.get(`${traveller.issuer}/account/freeze`), /\/account\/freeze$/));
}

const released = ['consent.given', 'consent.renewed', 'data.released', 'token.refreshed', 'service.entered', 'session.started'];

/** Entries of this person that came into the log after the one of the freeze. */
const countAfterFreeze = ({ isSqlite }: Arena, id: string): Count => {
  const place = isSqlite ? 'rowid' : 'appended';
  return {
    text: `SELECT count(*) AS n FROM entries JOIN entry_secrets ON entry_secrets.entry_id = entries.id
      WHERE entry_secrets.person_ref = ? AND entries.type IN (${released.map((type) => `'${type}'`).join(', ')}) AND entries.${place} >
        (SELECT max(frozen.${place}) FROM entries AS frozen JOIN entry_secrets AS named ON named.entry_id = frozen.id
         WHERE frozen.type = 'person.frozen' AND named.person_ref = ?)`,
    values: [id, id],
  };
};

/** What tokens there are, from before or from the bout itself, opens nothing. */
async function findAlive(issuer: string, sets: readonly Tokens['body'][]): Promise<readonly string[]> {
  const alive: string[] = [];
  for (const { access_token: access, refresh_token: refresh } of sets) {
    if (access !== undefined && (await fetchUserInfo(issuer, access)).status !== 401) {
      alive.push('an access token is alive after the freeze');
    }
    const fields = { grant_type: 'refresh_token', refresh_token: String(refresh) };
    if (typeof refresh === 'string' && (await requestTokens(issuer, fields, 'clinic')).body['error'] !== 'invalid_grant') {
      alive.push('a refresh token is alive after the freeze');
    }
  }
  return alive;
}

const times = (shot: Shot): Pick<Attempt, 'shots' | 'late'> => ({ shots: [shot, shot, shot], late: shot });

const basic = { authorization: `Basic ${Buffer.from(`moh-clinic:${clinicSecret}`).toString('base64')}` };
const asClinic = (shot: Shot): Shot => ({ ...shot, headers: { ...shot.headers, ...basic } });

type Attempt = Pick<Bout, 'shots' | 'late' | 'served' | 'refused'> & {
  /** Tokens from before. */
  readonly held: readonly Tokens['body'][];
  readonly findMore?: Bout['findWrong'];
};

/** Where a decision leads that was taken: to no code. */
async function findCodes({ issuer, agent }: Traveller, answers: readonly Timed[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { answer } of answers) {
    const { location } = answer.headers;
    const arrived = location === undefined ? undefined : await agent.get(new URL(location, issuer).href);
    if (arrived !== undefined && new URL(arrived.url).searchParams.has('code')) {
      found.push('a code was given after the freeze');
    }
  }
  return found;
}

/** One freeze from the session against three of the same. */
function createDuel(name: string, prepare: (arena: Arena, somebody: Somebody) => Promise<Attempt>): Duel {
  const begin: Duel['begin'] = async (arena) => async () => {
    const somebody = await createSomebody(arena);
    const { shots, late, held, served, refused, findMore } = await prepare(arena, somebody);
    const findWrong = async (answers: readonly Timed[]): Promise<readonly string[]> => {
      const bodies = answers.filter(({ answer }) => answer.status === 200).map(({ answer }) => toObject(answer.body));
      const misplaced = await arena.count(countAfterFreeze(arena, somebody.id));
      const told = misplaced === 0 ? [] : [`${misplaced} entries after the one of the freeze`];
      return [...told, ...((await findMore?.(answers)) ?? []), ...(await findAlive(arena.issuer, [...bodies, ...held]))];
    };
    return { end: await toFreeze(somebody.traveller), done: /^303 \/frozen$/, shots, late, served, refused, findWrong };
  };
  return { name, table: 'entries', begin };
}

const decision = createDuel('consent that is given', async ({ issuer }, { traveller }) => {
  const shown = await signIn(traveller, await traveller.agent.get(createRequest(issuer, 'permit').url));
  const shot = press(traveller, getForm(shown, /\/decision$/), { decision: 'allow' });
  const refused = /^(?:409 interaction\/(?:session-changed|stale)|401 session\/ended)$/;
  const findMore = async (answers: readonly Timed[]): Promise<readonly string[]> => findCodes(traveller, answers);
  return { ...times(shot), held: [], served: /^303 /, refused, findMore };
});

const code = createDuel('code for tokens', async (_arena, { traveller }) => {
  const { answer, request } = await visit(traveller, 'clinic');
  const fields = {
    grant_type: 'authorization_code',
    code: answer.get('code') ?? '',
    code_verifier: request.verifier,
    redirect_uri: 'http://localhost:3002/callback',
  };
  return {
    ...times(asClinic(createPost(traveller.issuer, '/token', fields))),
    held: [],
    served: /^200 ok$/,
    refused: /^400 invalid_grant$/,
  };
});

const offline = { scope: 'openid offline_access', prompt: 'consent' };

const refresh = createDuel('refresh', async ({ issuer }, { traveller }) => {
  const tokens = await exchange(await visit(traveller, 'clinic', { extra: offline }), issuer);
  const fields = { grant_type: 'refresh_token', refresh_token: String(tokens.body['refresh_token']) };
  return {
    ...times(asClinic(createPost(issuer, '/token', fields))),
    held: [tokens.body],
    served: /^200 ok$/,
    refused: /^400 invalid_grant$/,
  };
});

const release = createDuel('release', async ({ issuer }, { traveller }) => {
  const tokens = await exchange(await visit(traveller, 'clinic'), issuer);
  const headers = { host: new URL(issuer).host, authorization: `Bearer ${String(tokens.body['access_token'])}` };
  return { ...times({ method: 'GET', path: '/me', headers }), held: [tokens.body], served: /^200 ok$/, refused: /^401 / };
});

/** Frozen, with a passkey that may lift it and a delay that is over; the printed code was made before. */
async function createDue(arena: Arena): Promise<Somebody & { readonly code: string }> {
  const somebody = await createSomebody(arena);
  const { traveller, id } = somebody;
  await openAccountPage(traveller);
  const made = getForm(await traveller.agent.get(`${arena.issuer}/account/freeze/code`), /\/freeze\/code$/);
  const sheet = await traveller.agent.post(made.action, made.fields);
  const form = getForm(await traveller.agent.get(`${arena.issuer}/account/freeze`), /\/account\/freeze$/);
  await traveller.agent.post(form.action, form.fields);
  await arena.run({ text: "UPDATE passkeys SET standing = 'trusted', ceiling = 'high' WHERE person_id = ?", values: [id] });
  await arena.run({
    text: "UPDATE freezes SET unfreeze_by = 'passkey', unfreeze_begun_at = 1, unfreeze_at = 2 WHERE person_id = ?",
    values: [id],
  });
  return { ...somebody, code: /data-freeze-code>([^<]*)</.exec(sheet.body)?.[1] ?? '' };
}

/** Each in a browser of its own, over a challenge of its own. */
async function liftOften({ issuer }: Arena, { traveller }: Somebody, times: number): Promise<readonly Shot[]> {
  return Promise.all(
    Array.from({ length: times }, async () => {
      const browser = createOtherBrowser(traveller);
      return toAnswer(browser, await beginCeremony(browser, await browser.agent.get(`${issuer}/unfreeze`), 'authenticate'));
    }),
  );
}

const countOf = (text: string, id: string): Count => ({ text: `SELECT count(*) AS n FROM ${text}`, values: [id] });

const freezeAnew: Duel = {
  name: 'lifting of a freeze',
  table: 'entries',
  begin: async (arena) => async () => {
    const due = await createDue(arena);
    const { agent } = createTraveller(arena.issuer);
    const form = getForm(await agent.get(`${arena.issuer}/freeze`), /\/freeze$/);
    const body = { ...form.fields, code: due.code };
    const end = asBrowser(agent, createPost(arena.issuer, '/freeze', body));
    const findWrong = async (): Promise<readonly string[]> => {
      const frozen = await arena.count(countOf("people WHERE id = ? AND status = 'frozen'", due.id));
      const standing = await arena.count(countOf('freezes WHERE person_id = ? AND lifted_at IS NULL', due.id));
      const lifted = await arena.count(countOf('freezes WHERE person_id = ? AND lifted_at IS NOT NULL', due.id));
      const told = await arena.count(countOf("security_notices WHERE kind = 'unfrozen-delay' AND person_id = ?", due.id));
      const isTrue = frozen === 1 && standing === 1 && lifted <= 1 && told === lifted;
      return isTrue ? [] : [`frozen ${frozen}, standing ${standing}, lifted ${lifted}, told ${told}`];
    };
    const [late, ...shots] = await liftOften(arena, due, 4);
    if (late === undefined) {
      throw new Error('nobody came to lift it');
    }
    // Whoever comes after the freeze begins anew to wait, and is told until when.
    return { end, done: /^303 \/frozen$/, shots, late, served: /^200 ok$/, refused: /^200 ok$/, findWrong };
  },
};

const lifting: SingleUse = {
  name: 'end of a freeze',
  table: 'entries',
  begin: async (arena) => async () => {
    const due = await createDue(arena);
    return {
      shots: await liftOften(arena, due, uses),
      won: null,
      lost: /^200 ok$/,
      left: countEntries('person.unfrozen'),
      told: countOf("security_notices WHERE kind = 'unfrozen-delay' AND person_id = ?", due.id),
    };
  },
};

export const freezeUses: readonly SingleUse[] = [lifting];
export const freezeDuels: readonly Duel[] = [decision, code, refresh, release, freezeAnew];
