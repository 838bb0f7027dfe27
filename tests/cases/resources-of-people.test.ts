// What a service does at a resource server for a person: told before the decision, written in the record, ended with it (security contract 2.2, 2.3).

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCaseWorld } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { setPersonStatus } from '../support/change-standing.ts';
import { setProgramStatus } from '../support/audit-program.ts';
import { createAuthorization } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { applyFile, createDriveFile, driveRedirect, registerMachines, resource, transport } from '../support/resource-server.ts';
import type { Answer, Machines } from '../support/resource-server.ts';
import { createAgencyFile } from '../support/sample-proposal.ts';
import { fetchUserInfo } from '../support/service.ts';
import { createEnrolledPerson, findForms, findReceipts, findStep, goThrough, openAccountPage } from '../support/visits.ts';

const inactive = { status: 200, body: { active: false } };
const asked = { scope: 'openid offline_access permits:read', resource, prompt: 'consent' };

describe('a service that acts at a resource server for a person', () => {
  let at: CaseWorld;
  let machines: Machines;

  beforeAll(async () => {
    at = await createCaseWorld();
    machines = await registerMachines(at.world);
  });

  afterAll(async () => {
    await at.close();
  });

  const begin = (extra: Readonly<Record<string, string>> = asked) =>
    createAuthorization(at.issuer, { clientId: 'mot-drive', redirectUri: driveRedirect, extra });

  /** The token response after somebody went all the way. */
  const obtain = async (traveller: Traveller, fields: Readonly<Record<string, string>> = { resource }): Promise<Answer> => {
    const request = begin();
    const arrived = await goThrough(traveller, await traveller.agent.get(request.url));
    const code = new URL(arrived.url).searchParams.get('code') ?? '';
    const exchange = { grant_type: 'authorization_code', code, code_verifier: request.verifier, redirect_uri: driveRedirect };
    return machines.service.post('/token', { ...exchange, ...fields });
  };

  const introspect = async (token: unknown): Promise<Answer> => machines.server.introspect(token);

  const withdraw = async (traveller: Traveller): Promise<void> => {
    await openAccountPage(traveller);
    const page = await traveller.agent.get(`${at.issuer}/account/services/mot-drive`);
    expect(page.body).toContain('الاطلاع على تصاريحك');
    const [form] = findForms(page, /\/withdraw$/);
    await traveller.agent.post(form?.action ?? '', form?.fields ?? {});
  };

  test('the person reads what the service may do and where, before the decision and in the receipt', async () => {
    const traveller = await at.newPerson();
    const page = await traveller.agent.get(begin().url);
    expect(findStep(page)).toBe('sign-in');
    const { agent } = traveller;
    await obtain(traveller);
    const [file = ''] = await findReceipts(traveller);
    const [, record = ''] = (/"receipt": "([^"]*)"/.exec(file)?.[1] ?? '').split('.');
    const receipt = Buffer.from(record, 'base64url').toString();
    expect(receipt).toContain('permits:read');
    expect(receipt).toContain('Look at your permits');
    const again = await agent.get(begin().url);
    expect([findStep(again), again.body.includes('الاطلاع على تصاريحك')]).toEqual(['decide', true]);
    const feed = await (await fetch(`${at.issuer}/services.json`)).text();
    expect(feed).toContain('Look at your permits');
  });

  test('the resource server knows the person by its own name, and learns the sign-in and the purpose', async () => {
    const { body } = await obtain(await at.newPerson());
    expect([body['scope'], body['expires_in']]).toEqual(['permits:read', 300]);
    const { exp, iat, sub, auth_time, ...rest } = (await introspect(body['access_token'])).body;
    expect(rest).toEqual({
      active: true,
      acr: 'urn:huwiya:loa:substantial',
      purpose: 'licence',
      client_id: 'mot-drive',
      iss: at.issuer,
      aud: resource,
      scope: 'permits:read',
      token_type: 'Bearer',
    });
    expect([Number(exp) - Number(iat), typeof auth_time, typeof sub]).toEqual([300, 'number', 'string']);
    const own = await machines.service.introspect(body['access_token']);
    const [, claims = ''] = String(body['id_token']).split('.');
    const name: unknown = JSON.parse(Buffer.from(claims, 'base64url').toString());
    expect(name).toMatchObject({ sub: own.body['sub'] });
    expect(sub).not.toBe(own.body['sub']);
    expect(await machines.other.introspect(body['access_token'])).toEqual(inactive);
    const later = await obtain(await at.newPerson());
    expect((await introspect(later.body['access_token'])).body['sub']).not.toBe(sub);
  });

  test('a token for a resource is none for UserInfo, and one for UserInfo is none for a resource', async () => {
    const traveller = await at.newPerson();
    const forResource = (await obtain(traveller)).body['access_token'];
    const forUserInfo = (await obtain(traveller, {})).body['access_token'];
    const refused = await fetchUserInfo(at.issuer, forResource);
    expect([refused.status, refused.body['error']]).toEqual([403, 'insufficient_scope']);
    expect((await fetchUserInfo(at.issuer, forUserInfo)).status).toBe(200);
    expect(await introspect(forUserInfo)).toEqual(inactive);
    expect((await introspect(forResource)).body['active']).toBe(true);
  });

  test('TK-18 a refresh reaches what was granted and no other resource or scope', async () => {
    const { body } = await obtain(await at.newPerson());
    const refresh = async (fields: Readonly<Record<string, string>>): Promise<Answer> =>
      machines.service.post('/token', { grant_type: 'refresh_token', refresh_token: String(body['refresh_token']), ...fields });
    expect((await refresh({ resource: 'https://roads.moi.example/' })).body['error']).toBe('invalid_target');
    expect((await refresh({ resource, scope: 'permits:renew' })).body['error']).toBe('invalid_scope');
    const refreshed = await refresh({ resource });
    expect([refreshed.status, refreshed.body['scope']]).toEqual([200, 'permits:read']);
    expect((await introspect(refreshed.body['access_token'])).body).toMatchObject({ active: true, aud: resource, purpose: 'licence' });
    expect((await refresh({})).body['scope']).toBe('openid offline_access');
  });

  test('a resource that the purpose does not list is refused before anybody is asked', async () => {
    const traveller = await at.newPerson();
    await obtain(traveller);
    for (const other of ['https://roads.moi.example/', 'https://evil.example/', 'x']) {
      const answer = await traveller.agent.get(begin({ ...asked, resource: other }).url);
      expect([other, new URL(answer.url).searchParams.get('error')]).toEqual([other, 'invalid_target']);
    }
    for (const scope of ['openid', 'openid permits:renew']) {
      const answer = await traveller.agent.get(begin({ ...asked, scope }).url);
      expect([scope, new URL(answer.url).searchParams.get('error')]).toEqual([scope, 'invalid_scope']);
    }
    const more = await traveller.agent.get(begin({ ...asked, prompt: 'none', scope: 'openid permits:read permits:renew' }).url);
    const code = new URL(more.url).searchParams.get('code');
    expect(code).not.toBeNull();
  });

  test('UI-06 a token is inactive in the second in which its ground goes', async () => {
    const { traveller, person } = await createEnrolledPerson(at.world);
    const standing = async (): Promise<unknown> => (await obtain(traveller)).body['access_token'];
    for (const status of ['suspended', 'frozen', 'deceased', 'emigrated'] as const) {
      const token = await standing();
      expect((await introspect(token)).body['active']).toBe(true);
      await setPersonStatus(at.world, person, status);
      expect([status, await introspect(token)]).toEqual([status, inactive]);
      await setPersonStatus(at.world, person, 'active');
    }
    const ofService = await standing();
    await setProgramStatus(at.world, machines.service.program, 'suspended');
    expect(await introspect(ofService)).toEqual(inactive);
    await setProgramStatus(at.world, machines.service.program, 'active');
    expect((await introspect(ofService)).body['active']).toBe(true);
    const { body } = await obtain(traveller);
    expect((await introspect(body['access_token'])).body['active']).toBe(true);
    expect((await machines.service.introspect(body['refresh_token'])).body['active']).toBe(true);
    expect(await introspect(body['refresh_token'])).toEqual(inactive);
    await withdraw(traveller);
    expect(await introspect(body['access_token'])).toEqual(inactive);
    expect(await machines.service.introspect(body['access_token'])).toEqual(inactive);
    expect(await machines.service.introspect(body['refresh_token'])).toEqual(inactive);
    expect(await introspect('unknown-token')).toEqual(inactive);
    expect((await introspect(body['id_token'])).body['error']).toBe('unsupported_token_type');
  });

  test('more at the resource is asked of the person anew, and less ends at once', async () => {
    const traveller = await at.newPerson();
    const { body } = await obtain(traveller);
    const drive = (scopes: readonly string[]) => createAgencyFile([createDriveFile(machines.service.program, scopes)], transport);
    await applyFile(at.world, drive(['permits:read', 'permits:renew']));
    expect(await introspect(body['access_token'])).toEqual(inactive);
    const page = await traveller.agent.get(begin({ scope: 'openid' }).url);
    expect([findStep(page), page.body.includes('تجديد تصاريحك')]).toEqual(['decide', true]);
    const wide = await obtain(traveller);
    await applyFile(at.world, drive(['permits:renew']));
    expect(await introspect(wide.body['access_token'])).toEqual(inactive);
    await applyFile(at.world, drive(['permits:read']));
  });
});
