// What people and officers use once: challenges of passkeys, and the links with which they enrol.

import { z } from 'zod';
import { getPersonalData } from '../../../src/domain/people/get-personal-data.ts';
import { createProvider, trustProvider } from '../proofing-issuer.ts';
import { confirmShown, createCounter, toHandOver } from '../counter.ts';
import { createAttestedOfficer, createOfficer, inviteStaff } from '../staff-journey.ts';
import { sampleServices } from '../sample-services.ts';
import { createBothKinds } from '../strong-passkey.ts';
import { createSoftwareAuthenticator } from '../software-authenticator.ts';
import { beginCeremony, createTraveller, enrol, isConfirmation, press } from '../person-journey.ts';
import type { BegunCeremony, Traveller } from '../person-journey.ts';
import { noChanges } from '../store-samples.ts';
import { asBrowser, createPost } from '../two-doors.ts';
import type { Shot } from '../two-doors.ts';
import { vouchForModel } from '../vouched-model.ts';
import { createEnrolled, createEnrolledPerson, createOtherBrowser, createRequest, openAccountPage, visit } from '../visits.ts';
import type { World } from '../world.ts';
import { countEntries, repeat, uses } from './arena.ts';
import type { SingleUse } from './arena.ts';

/** The answer of an authenticator as the script of the page sends it. */
export function toShot({ agent, issuer }: Traveller, { verifyUrl, token, answer }: BegunCeremony): Shot {
  const { pathname, search } = new URL(verifyUrl);
  const headers = { host: new URL(issuer).host, accept: 'application/json', 'content-type': 'application/json', 'x-huwiya-token': token };
  const shot = asBrowser(agent, { method: 'POST', path: pathname, headers, body: JSON.stringify(answer) });
  return { ...shot, path: `${pathname}${search}` };
}

const answeredOnce = { won: '200 ok', lost: /^400 passkey\/challenge-unknown$/ } as const;

const signIn: SingleUse = {
  name: 'challenge of a sign-in',
  table: 'entries',
  begin: async ({ world, issuer }) => {
    const person = await createEnrolled(world);
    return async () => {
      const browser = createOtherBrowser(person);
      const page = await browser.agent.get(createRequest(issuer, 'permit').url);
      const shot = toShot(browser, await beginCeremony(browser, page, 'authenticate'));
      return { shots: repeat(() => shot), ...answeredOnce, left: countEntries('session.started') };
    };
  },
};

const stepUp: SingleUse = {
  name: 'challenge of a step up',
  table: 'entries',
  begin: async ({ world, issuer }) => {
    const claims = JSON.stringify({ id_token: { acr: { essential: true, value: 'urn:huwiya:loa:high' } } });
    return async () => {
      const { strong, weak } = await createBothKinds(world);
      await visit(weak, 'permit');
      const page = await weak.agent.get(createRequest(issuer, 'permit', { claims }).url);
      const shot = toShot(weak, await beginCeremony(strong, page, 'authenticate'));
      return { shots: repeat(() => shot), ...answeredOnce, left: countEntries('session.started') };
    };
  },
};

const registration: SingleUse = {
  name: 'challenge of a registration',
  table: 'passkeys',
  begin: async ({ world, issuer }) => {
    return async () => {
      const person = await createEnrolled(world);
      await openAccountPage(person);
      const page = await person.agent.get(`${issuer}/account/passkeys`);
      const begun = await beginCeremony({ ...person, authenticator: createSoftwareAuthenticator() }, page, 'register');
      const shot = toShot(person, begun);
      return { shots: repeat(() => shot), ...answeredOnce, left: countEntries('passkey.registered') };
    };
  },
};

/** Each device began a ceremony of its own before the link was used; one after the other, because opening a link many times at once is a try each. */
export async function comeWithDevices(issuer: string, link: string): Promise<readonly Shot[]> {
  const shots: Shot[] = [];
  while (shots.length < uses) {
    const device = createTraveller(issuer);
    shots.push(toShot(device, await beginCeremony(device, await device.agent.get(link), 'register')));
  }
  return shots;
}

const enrolmentLink: SingleUse = {
  name: 'enrolment link',
  table: 'passkeys',
  begin: async ({ world, issuer }) => {
    return async () => {
      const shots = await comeWithDevices(issuer, await world.invite(await world.addPerson()));
      return { shots, won: '200 ok', lost: /^410 enrolment\/invalid-link$/, left: countEntries('passkey.registered') };
    };
  },
};

const spareOffer: SingleUse = {
  name: 'offer of a second passkey',
  table: 'spare_offers',
  begin: async ({ world, issuer }) => {
    return async () => {
      const person = createTraveller(issuer);
      const page = await enrol(person, await world.invite(await world.addPerson()));
      const shots: Shot[] = [];
      for (let count = 0; count < uses; count += 1) {
        const device = { ...person, authenticator: createSoftwareAuthenticator() };
        shots.push(toShot(device, await beginCeremony(device, page, 'register')));
      }
      return { shots, won: '200 ok', lost: /^410 enrolment\/offer-ended$/, left: countEntries('passkey.registered') };
    };
  },
};

const levelCode: SingleUse = {
  name: 'level code',
  table: 'passkeys',
  begin: async ({ world, issuer }) => {
    const counter = createCounter(world, await createAttestedOfficer(world, 'registrar', 'Sees many people'));
    const { attestation } = await vouchForModel(world.storage);
    return async () => {
      const { traveller, person } = await createEnrolledPerson(world);
      const { id } = getPersonalData({ dataKey: world.keys.data.encryption }, person);
      const code = await counter.handOverLevel(z.string().parse(id));
      await openAccountPage(traveller);
      const page = await traveller.agent.get(`${issuer}/account/level/${code}`);
      const shots: Shot[] = [];
      for (let count = 0; count < uses; count += 1) {
        const device = {
          ...traveller,
          authenticator: createSoftwareAuthenticator({ attestation, isBackupEligible: false, isBackedUp: false }),
        };
        shots.push(toShot(device, await beginCeremony(device, page, 'register')));
      }
      return { shots, won: '200 ok', lost: /^410 level-code\/refused$/, left: countEntries('passkey.registered') };
    };
  },
};

const statement: SingleUse = {
  name: 'statement of a provider',
  table: 'proofings',
  begin: async ({ world, issuer }) => {
    const provider = await createProvider(world);
    await trustProvider(world, provider);
    return async () => {
      const { id } = getPersonalData({ dataKey: world.keys.data.encryption }, await world.addPerson());
      const body = await provider.state(z.string().parse(id));
      const headers = { host: new URL(issuer).host, accept: 'application/json', 'content-type': 'application/jwt' };
      const shot = { method: 'POST', path: '/proofing/statements', headers, body };
      return { shots: repeat(() => shot), won: '201 ok', lost: /^400 proofing\/statement-refused$/, left: countEntries('person.proofed') };
    };
  },
};

const officerLink: SingleUse = {
  name: 'invitation of an officer',
  table: 'officer_passkeys',
  begin: async ({ world, issuer }) => {
    let count = 0;
    return async () => {
      count += 1;
      const { link } = await inviteStaff(world, 'auditor', `Invited ${count}`);
      const shots = await comeWithDevices(issuer, link);
      return { shots, won: '200 ok', lost: /^410 officer\/invalid-link$/, left: countEntries('officer.enrolled') };
    };
  },
};

const officerSignIn: SingleUse = {
  name: 'challenge of an officer',
  table: 'staff_sessions',
  begin: async ({ world, issuer }) => {
    const { traveller } = await createOfficer(world, 'auditor', 'Often at the desk');
    return async () => {
      const browser = createOtherBrowser(traveller);
      const begun = await beginCeremony(browser, await browser.agent.get(`${issuer}/audit`), 'authenticate');
      const shot = toShot(browser, begun);
      return { shots: repeat(() => shot), ...answeredOnce, left: countEntries('officer.signed_in') };
    };
  },
};

const handOver: SingleUse = {
  name: 'confirmation of an officer',
  table: 'proofings',
  begin: async ({ world, issuer }) => {
    const officer = await createAttestedOfficer(world, 'registrar', 'Often at the counter');
    const counter = createCounter(world, officer);
    return async () => {
      const { id } = getPersonalData({ dataKey: world.keys.data.encryption }, await world.addPerson());
      const shown = await counter.giveEvidence(await counter.find(z.string().parse(id)));
      const { action, fields } = toHandOver(shown);
      const confirmation = await confirmShown(officer.traveller, shown);
      const shot = asBrowser(officer.traveller.agent, createPost(issuer, new URL(action).pathname, { ...fields, confirmation }));
      return {
        shots: repeat(() => shot),
        won: '200 ok',
        lost: /^(?:409 officer\/unconfirmed|429 limit\/reached)$/,
        left: countEntries('person.proofed'),
      };
    };
  },
};

/** The job fair asks for the national number too, as a choice: a decision for it is confirmed with the passkey. */
async function askForMore(world: World): Promise<void> {
  const why = { ar: 'للتسجيل', en: 'To register' };
  const purposes = sampleServices.purposes
    .filter(({ id }) => id === 'job-fair')
    .map((purpose) => ({
      ...purpose,
      version: 2,
      attributes: [...purpose.attributes, { name: 'national_id', necessity: 'optional', why } as const],
    }));
  await world.storage.agencies.saveChanges({ ...noChanges, purposes });
}

const confirmation: SingleUse = {
  name: 'challenge of a confirmation',
  table: 'consent_versions',
  begin: async ({ world, issuer }) => {
    await askForMore(world);
    const fair = { purpose: 'job-fair', prompt: 'consent' };
    return async () => {
      const person = await createEnrolled(world);
      await visit(person, 'clinic');
      const page = await person.agent.get(createRequest(issuer, 'permit', fair).url);
      const shown = await press(person, page, ['national_id']);
      if (!isConfirmation(shown)) {
        throw new Error(`no confirmation: ${shown.status} at ${shown.url}`);
      }
      const shot = toShot(person, await beginCeremony(person, shown, 'authenticate'));
      return { shots: repeat(() => shot), ...answeredOnce, left: countEntries('consent.given') };
    };
  },
};

export const ceremonyUses: readonly SingleUse[] = [
  signIn,
  stepUp,
  registration,
  enrolmentLink,
  spareOffer,
  levelCode,
  statement,
  officerLink,
  officerSignIn,
  handOver,
  confirmation,
];
