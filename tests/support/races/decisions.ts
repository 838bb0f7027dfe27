// What people decide once: the pages of a visit, the forms of their own page, signing out, codes that prove an address, and a consent for one use.

import { getCode, waitForLetter } from '../mailbox.ts';
import { createTraveller, enrol, signIn } from '../person-journey.ts';
import type { Traveller } from '../person-journey.ts';
import { sampleServices } from '../sample-services.ts';
import { createSignedInOfficer } from '../staff-journey.ts';
import { noChanges } from '../store-samples.ts';
import { asBrowser, createPost } from '../two-doors.ts';
import type { Shot } from '../two-doors.ts';
import {
  createEnrolled,
  createOtherBrowser,
  createRequest,
  getForm,
  getWithdrawal,
  obtainTokens,
  openAccountPage,
  visit,
} from '../visits.ts';
import type { Form } from '../visits.ts';
import { sampleData } from '../world.ts';
import type { World } from '../world.ts';
import { countArtefacts, countEntries, countRows, repeat } from './arena.ts';
import type { SingleUse } from './arena.ts';

type Fields = Readonly<Record<string, string>>;

/** A form as the browser sends it when its button is pressed. */
function toShot({ agent, issuer }: Traveller, { action, fields }: Form, pressed: Fields = {}): Shot {
  return asBrowser(agent, createPost(issuer, new URL(action).pathname, { ...fields, ...pressed }));
}

const page = /^(?:303|409) /;

async function openDecision(traveller: Traveller): Promise<Form> {
  const url = createRequest(traveller.issuer, 'permit', { prompt: 'consent' }).url;
  return getForm(await traveller.agent.get(url), /\/decision$/);
}

const decision: SingleUse = {
  name: 'page of a decision',
  table: 'consent_versions',
  begin: async ({ world, issuer }) => {
    return async () => {
      const traveller = await createEnrolled(world);
      const shown = await signIn(traveller, await traveller.agent.get(createRequest(issuer, 'permit').url));
      const shot = toShot(traveller, getForm(shown, /\/decision$/), { decision: 'allow' });
      return { shots: repeat(() => shot), won: null, lost: page, left: countRows('consent_versions') };
    };
  },
};

const interaction: SingleUse = {
  name: 'way back from a decision',
  table: 'artefacts',
  begin: async ({ world, issuer }) => {
    const person = await createEnrolled(world);
    return async () => {
      // The answer to the winner turns the session's cookie, so the next round begins in a browser of its own.
      const traveller = createOtherBrowser(person);
      await visit(traveller, 'permit');
      const { action, fields } = await openDecision(traveller);
      const body = new URLSearchParams({ ...fields, decision: 'allow' });
      const told = await traveller.agent.send(action, { method: 'POST', body });
      const path = new URL(told.headers.get('location') ?? '', issuer).pathname;
      const shot = asBrowser(traveller.agent, { method: 'GET', path, headers: { host: new URL(issuer).host } });
      return {
        shots: repeat(() => shot),
        won: '303 code',
        lost: /^(?:400 interaction\/expired|409 interaction\/stale)$/,
        left: countArtefacts('AuthorizationCode'),
      };
    };
  },
};

const withdrawal: SingleUse = {
  name: 'form of a withdrawal',
  table: 'consent_versions',
  begin: async ({ world }) => {
    const traveller = await createEnrolled(world);
    return async () => {
      await visit(traveller, 'clinic');
      const shot = toShot(traveller, await getWithdrawal(traveller, 'clinic'));
      return { shots: repeat(() => shot), won: null, lost: page, left: countEntries('consent.withdrawn') };
    };
  },
};

const signOut: SingleUse = {
  name: 'choice of a sign-out',
  table: 'entries',
  begin: async ({ world, issuer }) => {
    const traveller = await createEnrolled(world);
    return async () => {
      await visit(traveller, 'permit');
      const asked = await traveller.agent.get(`${issuer}/session/end?client_id=mol-work-permit`);
      const shot = toShot(traveller, getForm(asked, /session\/end\/confirm$/), { logout: 'yes' });
      traveller.agent.cookies.clear();
      return { shots: repeat(() => shot), won: null, lost: /^(?:303|400|409) /, left: countEntries('session.ended') };
    };
  },
};

let addresses = 0;

async function createReachable(world: World): Promise<{ readonly traveller: Traveller; readonly fresh: string }> {
  addresses += 1;
  const traveller = createTraveller(world.issuer);
  const person = await world.addPerson('citizen', { ...sampleData, email: `old-${addresses}@example.test` });
  await enrol(traveller, await world.invite(person));
  await openAccountPage(traveller);
  return { traveller, fresh: `new-${addresses}@example.test` };
}

const contactCode: SingleUse = {
  name: 'code that proves an address',
  table: 'entries',
  begin: async ({ world, issuer }) => {
    return async () => {
      const { traveller, fresh } = await createReachable(world);
      const details = `${issuer}/account/details`;
      const asked = getForm(await traveller.agent.get(`${details}/email`), /\/email$/);
      await traveller.agent.post(asked.action, { ...asked.fields, address: fresh });
      const code = getCode(await waitForLetter(world, fresh));
      const { fields } = getForm(await traveller.agent.get(details), /\/language$/);
      const shot = toShot(traveller, { action: `${details}/email/code`, fields }, { code });
      // Five of them may try at all.
      return {
        shots: repeat(() => shot),
        won: '303 /account/details',
        lost: /^(?:409 store\/conflict|410 contact\/code-ended)$/,
        left: countEntries('person.changed'),
      };
    };
  },
};

const oneUse: SingleUse = {
  name: 'consent for one use',
  table: 'entries',
  begin: async ({ world, issuer }) => {
    const [booking] = sampleServices.purposes.filter(({ id }) => id === 'booking');
    if (booking === undefined) {
      throw new TypeError('the sample purpose is missing');
    }
    const once = { ...booking, id: 'one-visit', isDefault: false, terms: { ...booking.terms, fetch: 'once' } } as const;
    await world.storage.agencies.saveChanges({ ...noChanges, purposes: [once] });
    const traveller = await createEnrolled(world);
    return async () => {
      const { body } = await obtainTokens(traveller, 'clinic', { extra: { purpose: 'one-visit' } });
      const headers = { host: new URL(issuer).host, authorization: `Bearer ${String(body['access_token'])}` };
      const shots = repeat((): Shot => ({ method: 'GET', path: '/me', headers }));
      return { shots, won: '200 ok', lost: /^401 invalid_token$/, left: countEntries('data.released') };
    };
  },
};

async function openReport(traveller: Traveller): Promise<Form> {
  return getForm(await traveller.agent.get(`${traveller.issuer}/account/report?service=mol-work-permit`), /\/account\/report/);
}

const told: Fields = { category: 'not-me', words: 'I know nothing of this.' };

const report: SingleUse = {
  name: 'form of a report',
  table: 'entries',
  begin: async ({ world }) => {
    return async () => {
      const traveller = await createEnrolled(world);
      await visit(traveller, 'permit');
      await openAccountPage(traveller);
      const shot = toShot(traveller, await openReport(traveller), told);
      return { shots: repeat(() => shot), won: null, lost: page, left: countEntries('complaint.opened') };
    };
  },
};

const reportAnswer: SingleUse = {
  name: 'answer to a report',
  table: 'entries',
  begin: async ({ world, issuer }) => {
    const auditor = (await createSignedInOfficer(world, 'auditor', 'Who answers')).traveller;
    return async () => {
      const traveller = await createEnrolled(world);
      await visit(traveller, 'permit');
      await openAccountPage(traveller);
      const form = await openReport(traveller);
      const sent = await traveller.agent.post(form.action, { ...form.fields, ...told });
      const number = /C-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(sent.body)?.[0] ?? '';
      const asked = getForm(await auditor.agent.get(`${issuer}/audit/reports/${number}`), /\/audit\/reports\/C-/);
      const shot = toShot(auditor, asked, { answer: 'We looked into it.' });
      return {
        shots: repeat(() => shot),
        won: '303 /audit/reports',
        lost: /^409 report\/answered$/,
        left: countEntries('complaint.closed'),
      };
    };
  },
};

const closing: SingleUse = {
  name: 'form that closes an account',
  table: 'entries',
  begin: async ({ world, issuer }) => {
    return async () => {
      const traveller = await createEnrolled(world);
      await openAccountPage(traveller);
      const asked = getForm(await traveller.agent.get(`${issuer}/account/close`), /\/account\/close$/);
      const shot = toShot(traveller, asked);
      return {
        shots: repeat(() => shot),
        won: null,
        lost: /^(?:303 \/account\/closed|401 session\/ended)$/,
        left: countEntries('person.erased'),
      };
    };
  },
};

export const decisionUses: readonly SingleUse[] = [
  decision,
  interaction,
  withdrawal,
  signOut,
  contactCode,
  oneUse,
  report,
  reportAnswer,
  closing,
];
