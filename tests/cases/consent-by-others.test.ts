// A consent is given by the person it is about, at the service it is for: by no application that only has another’s name, and by nobody in the person’s place.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Service } from '../../src/domain/agencies/agency.ts';
import { createCaseWorld } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { allow, createAuthorization, signIn, submit } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { checkServiceFile, servicePath, toPaths } from '../support/sample-proposal.ts';
import { sampleServices } from '../support/sample-services.ts';
import { createSignedInOfficer } from '../support/staff-journey.ts';
import { createEnrolledPerson, createRequest, findStep, openAccountPage, visit } from '../support/visits.ts';

const claimed = 'https://app.mol.example/callback';
const appId = 'mol-phone-app';

/** Where an application that has nothing but the name of another could have an answer sent. */
const strangers = [
  'mol-phone-app:/callback',
  'example.mol.app://callback',
  'http://127.0.0.1:7777/callback',
  'http://localhost:7777/callback',
  'https://app.mol.example.evil.example/callback',
  'https://app.mol.example/callback/../other',
  'https://app.mol.example/callback?more=1',
];

describe('a consent', () => {
  let at: CaseWorld;

  beforeAll(async () => {
    at = await createCaseWorld();
    const [permit] = sampleServices.services;
    const [purpose] = sampleServices.purposes;
    if (permit === undefined || purpose === undefined) {
      throw new Error('the samples are missing');
    }
    const metadata = {
      application_type: 'native',
      redirect_uris: [claimed],
      token_endpoint_auth_method: 'none',
      dpop_bound_access_tokens: true,
      grant_types: ['authorization_code'],
    };
    const app: Service = { ...permit, clientId: appId, metadata };
    const nothing = { agencies: [], endedPurposes: [], defaultPurposes: [], events: [] };
    await at.world.storage.agencies.saveChanges({
      ...nothing,
      services: [app],
      purposes: [{ ...purpose, clientId: appId, isDefault: true }],
    });
  });

  afterAll(async () => {
    await at.close();
  });

  const ask = (redirectUri: string, extra: Readonly<Record<string, string>> = {}): string =>
    createAuthorization(at.issuer, { clientId: appId, redirectUri, extra }).url;

  const openDecision = async (traveller: Traveller) => signIn(traveller, await traveller.agent.get(createRequest(at.issuer, 'permit').url));

  test('CO-15 an application on a phone that only has another’s client_id gets no code, silently or with a page: answers go to the claimed https address alone', async () => {
    const traveller = await at.newPerson();
    await visit(traveller, 'permit');
    const agreed = await allow(traveller, await traveller.agent.get(ask(claimed)));
    expect(agreed.url.startsWith(`${claimed}?code=`)).toBe(true);
    await at.changesNothing(async () => {
      for (const redirect of strangers) {
        for (const extra of [{ prompt: 'none' }, {}, { prompt: 'consent' }]) {
          const answered = await traveller.agent.get(ask(redirect, extra));
          expect([redirect, new URL(answered.url).origin, answered.status]).toEqual([redirect, at.issuer, 400]);
          expect([redirect, findStep(answered)]).toEqual([redirect, 'error']);
        }
      }
    });
    expect((await traveller.agent.get(ask(claimed, { prompt: 'none' }))).url.startsWith(`${claimed}?code=`)).toBe(true);
  });

  test('CO-15 no application is registered with an address that another on the same phone could take', () => {
    const phone = { application_type: 'native', token_endpoint_auth_method: 'none', dpop_bound_access_tokens: true, jwks: undefined };
    for (const redirect of strangers.slice(0, 4)) {
      expect([redirect, toPaths(checkServiceFile({ ...phone, redirect_uris: [redirect] }))]).toEqual([
        redirect,
        expect.arrayContaining([`${servicePath}.redirect_uris[0]`]),
      ]);
    }
  });

  test('CO-18 nobody decides for somebody else: an officer at the counter can neither open, answer nor change what is the person’s', async () => {
    const { traveller, person } = await createEnrolledPerson(at.world);
    const page = await openDecision(traveller);
    expect(findStep(page)).toBe('decide');
    for (const role of ['registrar', 'auditor'] as const) {
      const officer = await createSignedInOfficer(at.world, role);
      await at.changesNothing(async () => {
        const seen = await officer.traveller.agent.get(page.url);
        expect([role, findStep(seen), seen.body.includes('name="attribute"')]).toEqual([role, 'error', false]);
        const answered = await submit(officer.traveller, page, { decision: 'allow', attribute: ['email'] });
        expect([role, answered.status >= 400, answered.url.includes('code=')]).toEqual([role, true, false]);
        const own = await officer.traveller.agent.get(`${at.issuer}/account`);
        expect([role, own.body.includes('data-action="use-passkey"')]).toEqual([role, true]);
      });
    }
    expect(await at.world.storage.consents.listConsents(person.id)).toEqual([]);
  });

  test('CO-18 a mandate that nobody gave counts for nothing: the record is the person’s own, whatever the form says', async () => {
    const { traveller, person } = await createEnrolledPerson(at.world);
    const page = await openDecision(traveller);
    const claims = {
      acted_by: 'guardian',
      mandate_id: 'M-1',
      office_id: 'riyadh-1',
      clerk_ref: 'clerk',
      person: 'somebody',
      sub: 'somebody',
    };
    const decided = await submit(traveller, page, { decision: 'allow', ...claims });
    expect(decided.url).toContain('code=');
    await openAccountPage(traveller);
    const [record] = await at.world.storage.consents.listConsents(person.id);
    const [receipt] = await at.world.storage.consents.listReceipts(person.id);
    const said = Buffer.from(receipt?.jws.split('.')[1] ?? '', 'base64url').toString();
    expect([record?.personId, record?.actedBy]).toEqual([person.id, 'self']);
    expect(said).toContain('"acted_by":"self"');
    expect(said).not.toMatch(/guardian|mandate|riyadh|clerk|somebody/);
  });
});
