// Tokens for resource servers, and who may learn what a token is (security contract 2.3).

import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assertionType, createProgramAssertion, setProgramStatus } from '../support/audit-program.ts';
import { createCaseWorld } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { registerMachines, resource } from '../support/resource-server.ts';
import type { Machines } from '../support/resource-server.ts';
import { fetchUserInfo } from '../support/service.ts';

const inactive = { status: 200, body: { active: false } };

describe('a resource server and a program that calls it', () => {
  let at: CaseWorld;
  let machines: Machines;

  beforeAll(async () => {
    at = await createCaseWorld();
    machines = await registerMachines(at.world);
  });

  afterAll(async () => {
    await at.close();
  });

  const obtain = async (): Promise<string> => {
    const { body, status } = await machines.caller.obtain({ resource, scope: 'permits:read' });
    expect([status, body['error_description'], body['token_type'], body['expires_in'], body['scope']]).toEqual([
      200,
      undefined,
      'Bearer',
      300,
      'permits:read',
    ]);
    return String(body['access_token']);
  };

  test('the resource server learns whose token it is, for what and how long, and nothing else', async () => {
    const { body } = await machines.server.introspect(await obtain());
    const { exp, iat, ...rest } = body;
    expect(rest).toEqual({
      active: true,
      client_id: 'mot-match',
      scope: 'permits:read',
      aud: resource,
      iss: at.issuer,
      token_type: 'Bearer',
    });
    expect(Number(exp) - Number(iat)).toBe(300);
  });

  test('a resource server may have the answer signed, for itself as audience', async () => {
    const form = new URLSearchParams({
      token: await obtain(),
      client_assertion_type: assertionType,
      client_assertion: createProgramAssertion(at.issuer, machines.server.program),
    });
    const headers = { accept: 'application/token-introspection+jwt' };
    const answer = await fetch(`${at.issuer}/token/introspection`, { method: 'POST', body: form, headers });
    expect(answer.headers.get('content-type')).toContain('application/token-introspection+jwt');
    const keys = createRemoteJWKSet(new URL('/jwks', at.issuer));
    const { payload, protectedHeader } = await jwtVerify(await answer.text(), keys, { issuer: at.issuer, audience: 'mol-api' });
    expect(protectedHeader.typ).toBe('token-introspection+jwt');
    expect(payload['token_introspection']).toMatchObject({ active: true, client_id: 'mot-match', aud: resource });
  });

  test('TK-27 a token without a person is for approved scopes of approved resources alone', async () => {
    const ask = async (fields: Readonly<Record<string, string>>): Promise<unknown> => (await machines.caller.obtain(fields)).body['error'];
    await at.changesNothing(async () => {
      expect(await ask({ resource, scope: 'permits:renew' })).toBe('invalid_scope');
      expect(await ask({ resource, scope: 'permits:read permits:renew' })).toBe('invalid_scope');
      expect(await ask({ resource })).toBe('invalid_scope');
      expect(await ask({ scope: 'permits:read' })).toBe('invalid_scope');
      expect(await ask({ scope: 'openid' })).toBe('invalid_scope');
      expect(await ask({ scope: 'audit:read' })).toBe('invalid_scope');
      expect(await ask({ scope: 'consents' })).toBe('invalid_scope');
      for (const other of [
        'https://roads.moi.example/',
        'https://api.mol.example',
        'https://evil.example/',
        'mol-api',
        'https://api.mol.example/#x',
      ]) {
        expect([other, await ask({ resource: other, scope: 'permits:read' })]).toEqual([other, 'invalid_target']);
      }
      expect((await machines.server.obtain({ resource, scope: 'permits:read' })).body['error']).toBe('unauthorized_client');
      expect((await machines.caller.obtain({ grant_type: 'authorization_code', code: 'x', redirect_uri: 'x' })).body['error']).toBe(
        'unauthorized_client',
      );
    });
    await obtain();
  });

  test('UI-05 nobody but the resource server and the service of a token learns that it is one', async () => {
    const token = await obtain();
    expect((await machines.server.introspect(token)).body['active']).toBe(true);
    expect((await machines.caller.introspect(token)).body['active']).toBe(true);
    await at.changesNothing(async () => {
      expect(await machines.other.introspect(token)).toEqual(inactive);
      const nameless = await fetch(`${at.issuer}/token/introspection`, { method: 'POST', body: new URLSearchParams({ token }) });
      expect(nameless.status).toBe(400);
    });
  });

  test('a token for a resource opens neither UserInfo nor our own interfaces', async () => {
    const token = await obtain();
    await at.changesNothing(async () => {
      expect((await fetchUserInfo(at.issuer, token)).status).toBe(401);
      for (const path of ['/audit/api/v1/entries', '/api/v1/consents']) {
        const { status } = await fetch(`${at.issuer}${path}`, { headers: { authorization: `Bearer ${token}` } });
        expect([path, [401, 404].includes(status)]).toEqual([path, true]);
      }
    });
  });

  test('a suspended program, and a suspended resource server, end in the same second', async () => {
    const token = await obtain();
    await setProgramStatus(at.world, machines.caller.program, 'suspended');
    expect(await machines.server.introspect(token)).toEqual(inactive);
    await setProgramStatus(at.world, machines.caller.program, 'active');
    expect((await machines.server.introspect(token)).body['active']).toBe(true);
    await setProgramStatus(at.world, machines.server.program, 'suspended');
    expect((await machines.server.introspect(token)).body['error']).toBe('invalid_client');
    expect((await machines.caller.obtain({ resource, scope: 'permits:read' })).body['error']).toBe('invalid_target');
    await setProgramStatus(at.world, machines.server.program, 'active');
    await obtain();
  });

  test('UI-07 a program gives back its own token and nobody else can', async () => {
    const token = await obtain();
    for (const stranger of [machines.server, machines.other]) {
      expect(await stranger.post('/token/revocation', { token })).toEqual({ status: 200, body: {} });
    }
    expect((await machines.server.introspect(token)).body['active']).toBe(true);
    expect((await machines.caller.post('/token/revocation', { token })).status).toBe(200);
    expect(await machines.server.introspect(token)).toEqual(inactive);
  });
});
