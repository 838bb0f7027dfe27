// What a person does on their own pages: ending and pausing what stands, passkeys, signing out.

import { toDigest } from '../../src/domain/kernel/ids.ts';
import { beginCeremony } from '../support/person-journey.ts';
import { createSoftwareAuthenticator } from '../support/software-authenticator.ts';
import { findForms, findStep, openAccountPage, places } from '../support/visits.ts';
import type { Form, Place } from '../support/visits.ts';
import { copyAgent, createBrowser, endHeld } from './citizen.ts';
import type { Added, Citizen, Held, Left, Standing } from './citizen.ts';
import { Unanswered } from './history.ts';
import { tell } from './scene.ts';
import type { Scene } from './scene.ts';

type Change = 'withdraw' | 'narrow' | 'pause' | 'resume';

const words = { withdraw: 'withdrawn', narrow: 'narrowed', pause: 'paused', resume: 'resumed' } as const;
const after: Readonly<Record<Change, Standing>> = { withdraw: 'none', narrow: 'stands', pause: 'paused', resume: 'stands' };

/** Signed in on the own page. */
async function enterAccount({ citizen }: Scene): Promise<void> {
  const page = await openAccountPage(citizen.traveller);
  if (page.status >= 400 || findStep(page) === 'error') {
    throw new Unanswered(`the own page says ${page.status}`);
  }
}

async function findForm({ citizen }: Scene, path: string, action: RegExp): Promise<Form | undefined> {
  const { agent, issuer } = citizen.traveller;
  const page = await agent.get(`${issuer}${path}`);
  if (page.status >= 500) {
    throw new Unanswered(path);
  }
  return findForms(page, action)[0];
}

async function post({ citizen }: Scene, { action, fields }: Form): Promise<number> {
  const { agent } = citizen.traveller;
  return (await agent.send(action, { method: 'POST', body: new URLSearchParams(fields) })).status;
}

function settle(citizen: Citizen, place: Place, change: Change): void {
  citizen.records[place] = after[change];
  if (change === 'withdraw' || change === 'pause') {
    endHeld(citizen, 'dead', (held) => held.place === place);
  }
}

export async function change(scene: Scene, place: Place, doing: Change): Promise<void> {
  const { citizen } = scene;
  await enterAccount(scene);
  const form = await findForm(scene, `/account/services/${places[place].clientId}`, new RegExp(`/${doing}$`));
  if (form === undefined) {
    return;
  }
  try {
    const status = await tell(scene, { act: words[doing], about: place }, async () => post(scene, form));
    if (status < 400) {
      settle(citizen, place, doing);
    }
  } catch (error) {
    endHeld(citizen, 'open', (held) => held.place === place);
    throw error;
  }
}

/** More of them are not given to anybody here. */
const mostAdded = 3;

export async function addPasskey(scene: Scene): Promise<void> {
  const { citizen } = scene;
  if (citizen.added.filter(({ fate }) => fate !== 'dead').length >= mostAdded) {
    await removePasskey(scene);
    return;
  }
  await enterAccount(scene);
  const { traveller } = citizen;
  const page = await traveller.agent.get(`${traveller.issuer}/account/passkeys`);
  const authenticator = createSoftwareAuthenticator();
  if (!page.body.includes('data-verify-url')) {
    return;
  }
  const begun = await beginCeremony({ ...traveller, authenticator }, page, 'register');
  const added: Added = { authenticator, fate: 'open' };
  citizen.added.push(added);
  const status = await tell(scene, { act: 'add-passkey', about: 'own' }, async () => {
    return (await traveller.agent.postJson(begun.verifyUrl, begun.token, begun.answer)).status;
  });
  added.fate = status < 400 ? 'live' : 'dead';
}

export async function removePasskey(scene: Scene): Promise<void> {
  const { citizen } = scene;
  const chosen = citizen.added.find(({ fate }) => fate === 'live');
  const id = chosen?.authenticator.credentials[0]?.id;
  if (chosen === undefined || id === undefined) {
    return;
  }
  await enterAccount(scene);
  const form = await findForm(scene, `/account/passkeys/${toDigest(`passkey-handle:${id}`).slice(0, 22)}/remove`, /\/remove$/);
  if (form === undefined) {
    return;
  }
  chosen.fate = 'open';
  const status = await tell(scene, { act: 'remove-passkey', about: 'own' }, async () => {
    const { agent } = citizen.traveller;
    const answer = await agent.send(form.action, { method: 'POST', body: new URLSearchParams(form.fields) });
    // Whose last passkey answer has become too old on the way, by a step of the clock, is asked for another one first: nothing was removed.
    return answer.headers.get('location')?.endsWith('/remove') === true ? 401 : answer.status;
  });
  chosen.fate = status < 400 ? 'dead' : 'live';
}

export async function signOut(scene: Scene): Promise<void> {
  const { citizen, world } = scene;
  const { traveller } = citizen;
  const form = await findForm(scene, `/session/end?client_id=${places.permit.clientId}`, /session\/end\/confirm$/);
  const before = copyAgent(world.issuer, traveller.agent, world.cutting);
  if (form === undefined || ![...before.cookies.values()].some(({ name }) => name.endsWith('sid'))) {
    return;
  }
  const ends = ({ isOffline, browser }: Held): boolean => !isOffline && browser === traveller;
  const sids = citizen.held.filter((held) => ends(held) && held.fate !== 'dead').map(({ sid }) => sid);
  const left: Left = { agent: before, sids: [...new Set(sids)], fate: 'open' };
  citizen.left.push(left);
  citizen.traveller = createBrowser(world.issuer, traveller.authenticator, world.cutting);
  endHeld(citizen, 'open', ends);
  const status = await tell(scene, { act: 'sign-out', about: 'own' }, async () => {
    const body = new URLSearchParams({ ...form.fields, logout: 'yes' });
    return (await traveller.agent.send(form.action, { method: 'POST', body })).status;
  });
  if (status < 400) {
    left.fate = 'dead';
    endHeld(citizen, 'dead', ends);
  }
}
