// After the restart: tries, as the people and the services concerned would, everything that was handed out, and collects what is there.

import { verifyReceipt } from '../../src/verifier/verify-receipt.ts';
import { fetchUserInfo } from '../support/service.ts';
import { createRequest, findForms, openAccountPage, places } from '../support/visits.ts';
import type { Place } from '../support/visits.ts';
import { createBrowser, endHeld } from './citizen.ts';
import type { Standing } from './citizen.ts';
import type { RecordSeen, Tried } from './judge.ts';
import { listReceipts, look } from './rows.ts';
import type { Scene } from './scene.ts';
import { exchange, toHeld } from './visit-acts.ts';
import { Unanswered } from './history.ts';

const allPlaces: readonly Place[] = ['permit', 'clinic'];

type Seen = {
  readonly place: Place;
  readonly recordId: string;
  readonly version: number;
  readonly change: string;
  readonly fault: string | undefined;
};

function readText(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined), value);
}

function toSeen(text: string, { world }: Scene, id: string): Seen {
  const kept = world.log.seen().at(-1);
  const trusted = { logKey: world.log.readKey(), issuer: world.issuer, ...(kept === undefined ? {} : { kept: [kept] }) };
  const report = verifyReceipt(text, trusted);
  const failed = report.checks.filter(({ result }) => result === 'failed').map(({ name }) => name);
  const { claims } = report;
  return {
    place: readText(claims, 'record', 'service', 'client_id') === places.permit.clientId ? 'permit' : 'clinic',
    recordId: String(readText(claims, 'record', 'record_id')),
    version: Number(readText(claims, 'record', 'version')),
    change: String(readText(claims, 'record', 'change')),
    fault: report.isValid ? undefined : `${id} ${failed.join(' ')}`,
  };
}

async function readReceipts(scene: Scene): Promise<readonly Seen[]> {
  const { citizen, world } = scene;
  const { agent } = citizen.traveller;
  const ids = await look(world, async (ask) => listReceipts(ask, citizen.id));
  const seen: Seen[] = [];
  for (const id of ids.filter((each) => !citizen.receipts.has(each))) {
    citizen.receipts.add(id);
    const file = await agent.get(`${world.issuer}/account/receipts/${id}.json`);
    seen.push(toSeen(file.body, scene, id));
  }
  return seen.toSorted((a, b) => a.version - b.version);
}

function toRecord({ citizen }: Scene, place: Place, all: readonly Seen[]): RecordSeen {
  const own = all.filter((seen) => seen.place === place);
  let hasGap = false;
  for (const { recordId, version } of own) {
    hasGap ||= version !== (citizen.versions.get(recordId) ?? 0) + 1;
    citizen.versions.set(recordId, version);
  }
  const unproven = own.map(({ fault }) => fault).filter((fault) => fault !== undefined);
  return { who: citizen.name, about: place, changes: own.map(({ change }) => change), hasGap, unproven };
}

async function readStanding({ citizen, world }: Scene, place: Place): Promise<Standing> {
  const page = await citizen.traveller.agent.get(`${world.issuer}/account/services/${places[place].clientId}`);
  if (findForms(page, /\/resume$/).length > 0) {
    return 'paused';
  }
  return findForms(page, /\/withdraw$/).length > 0 ? 'stands' : 'none';
}

/** Whose exchange was not answered tries it again, as a service would: served now, it was not done before. */
async function retryCodes(scene: Scene): Promise<void> {
  const { citizen, history } = scene;
  const codes = citizen.codes;
  citizen.codes = [];
  for (const code of codes) {
    const tokens = await exchange(scene, code);
    endHeld(citizen, 'open', ({ place, browser }) => place === code.place && browser === code.browser);
    if (tokens.status === 200) {
      citizen.held.push({ ...toHeld(code, tokens), fate: 'open' });
      history.write({ who: citizen.name, act: 'resolved', about: code.place, outcome: 'ok' });
    }
  }
}

async function tryTokens({ citizen, history, world }: Scene): Promise<readonly Tried[]> {
  const tried: Tried[] = [];
  for (const held of citizen.held.filter(({ expiresAt }) => expiresAt > Date.now())) {
    const { status } = await fetchUserInfo(world.issuer, held.access);
    history.write({ who: citizen.name, act: 'release', about: held.place, outcome: status === 200 ? 'ok' : 'refused' });
    tried.push({ who: citizen.name, what: `a token of ${held.place}`, fate: held.fate, works: status === 200 });
    held.fate = status === 200 ? 'live' : 'dead';
    held.rounds += 1;
  }
  citizen.held = citizen.held.filter(({ fate, rounds }) => fate === 'live' && rounds < 2).slice(-4);
  return tried;
}

async function trySessions({ citizen, world }: Scene): Promise<readonly Tried[]> {
  const tried: Tried[] = [];
  for (const { agent, fate } of citizen.left) {
    const asked = await agent.get(createRequest(world.issuer, 'permit', { prompt: 'none' }).url);
    const works = new URL(asked.url).searchParams.get('error') !== 'login_required';
    tried.push({ who: citizen.name, what: 'a session that ended', fate, works });
  }
  citizen.left = [];
  return tried;
}

async function tryPasskeys({ citizen, world }: Scene): Promise<readonly Tried[]> {
  const tried: Tried[] = [];
  for (const added of citizen.added) {
    const browser = createBrowser(world.issuer, added.authenticator, world.cutting);
    const works = await openAccountPage(browser).then(
      ({ status, url }) => status === 200 && url.includes('/account'),
      () => false,
    );
    tried.push({ who: citizen.name, what: 'an added passkey', fate: added.fate, works });
    added.fate = works ? 'live' : 'dead';
  }
  citizen.added = citizen.added.filter(({ fate }) => fate === 'live');
  return tried;
}

export type Probed = {
  readonly records: readonly RecordSeen[];
  readonly tokens: readonly Tried[];
  readonly sessions: readonly Tried[];
  readonly passkeys: readonly Tried[];
};

/** A sign-in with the passkey that the person always had, in a fresh browser. */
async function enter({ citizen, world }: Scene): Promise<void> {
  citizen.traveller = createBrowser(world.issuer, citizen.traveller.authenticator, world.cutting);
  const page = await openAccountPage(citizen.traveller);
  if (page.status !== 200) {
    throw new Unanswered(`${citizen.name} cannot sign in: ${page.status} at ${new URL(page.url).pathname}`);
  }
}

/** Passkeys are tried by signing in, so only where some came or went. */
const hasPasskeyActs = ({ history, citizen }: Scene): boolean =>
  history.lines.some(({ who, act }) => who === citizen.name && act.endsWith('-passkey'));

export async function probe(scene: Scene): Promise<Probed> {
  const { citizen } = scene;
  const sessions = await trySessions(scene);
  await enter(scene);
  await retryCodes(scene);
  const receipts = await readReceipts(scene);
  const records = allPlaces.map((place) => toRecord(scene, place, receipts));
  for (const place of allPlaces) {
    citizen.records[place] = await readStanding(scene, place);
  }
  const tokens = await tryTokens(scene);
  return { records, tokens, sessions, passkeys: hasPasskeyActs(scene) ? await tryPasskeys(scene) : [] };
}
