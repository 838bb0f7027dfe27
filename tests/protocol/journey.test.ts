// The join, over HTTP: one person, two services, one log.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allow, createAuthorization, createTraveller, enrol, goOn, refuse, signIn } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { exchangeCode, fetchUserInfo } from '../support/service.ts';
import { clinicRedirect, permitRedirect } from '../support/sample-services.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

describe('a person, a service and the log', () => {
  let world: World;
  let traveller: Traveller;

  beforeAll(async () => {
    world = await createWorld();
    traveller = createTraveller(world.issuer);
    await enrol(traveller, await world.invite(await world.addPerson()));
  });

  afterAll(async () => {
    await world.close();
  });

  const permit = { clientId: 'mol-work-permit', redirectUri: permitRedirect };

  it('shares exactly what the person agreed to, and asks nothing the second time', async () => {
    const first = createAuthorization(world.issuer, permit);
    const consentPage = await signIn(traveller, await traveller.agent.get(first.url));
    expect(consentPage.body).toContain('data-action="allow"');
    const callback = await allow(traveller, consentPage, ['email']);
    expect(callback.url).toContain(permitRedirect);
    expect(new URL(callback.url).searchParams.get('iss')).toBe(world.issuer);
    const tokens = await exchangeCode(world.issuer, callback.url, first.verifier);
    expect(tokens.status).toBe(200);
    const info = await fetchUserInfo(world.issuer, tokens.body['access_token']);
    expect(info.body).toMatchObject({ given_name: 'سارة', 'given_name#en': 'Sara', email: 'sara@example.test', email_verified: true });
    expect(info.body).not.toHaveProperty('birthdate');
    const second = createAuthorization(world.issuer, permit);
    expect((await traveller.agent.get(second.url)).url).toContain(`${permitRedirect}?code=`);
  });

  it('names the second service once before it goes on by single sign-on', async () => {
    const asked = createAuthorization(world.issuer, { clientId: 'moh-clinic', redirectUri: clinicRedirect });
    const page = await traveller.agent.get(asked.url);
    expect(page.body).toContain('data-action="allow"');
    const callback = await refuse(traveller, page);
    const answer = new URL(callback.url).searchParams;
    expect([answer.get('error'), answer.get('error_description')]).toEqual(['access_denied', 'consent_refused']);
  });

  it('shows "continue as" where a consent stands and the session has not been there', async () => {
    const other = createTraveller(world.issuer, traveller.authenticator);
    await signIn(other, await other.agent.get(createAuthorization(world.issuer, permit).url));
    const clinic = createAuthorization(world.issuer, { clientId: 'moh-clinic', redirectUri: clinicRedirect });
    await allow(other, await other.agent.get(clinic.url));
    const third = createTraveller(world.issuer, traveller.authenticator);
    await signIn(third, await third.agent.get(createAuthorization(world.issuer, permit).url));
    const page = await third.agent.get(createAuthorization(world.issuer, { clientId: 'moh-clinic', redirectUri: clinicRedirect }).url);
    expect(page.body).toContain('data-action="continue"');
    expect((await goOn(third, page)).url).toContain(`${clinicRedirect}?code=`);
  });
});
