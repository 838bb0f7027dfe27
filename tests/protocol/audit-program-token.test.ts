// Client credentials (RFC 6749 §4.4): who receives a token for the auditor's interface, and all who do not.

import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createProgramAssertion,
  discoverAs,
  obtainProgramToken,
  registerProgram,
  setProgramStatus,
  toTokenForm,
} from '../support/audit-program.ts';
import type { AuditProgram } from '../support/audit-program.ts';
import { createCaseWorld, findErrorCode } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { readDatabaseFiles, whileInsertFails } from '../support/open-database.ts';
import { toObject } from '../support/raw-request.ts';
import { createAssertion, fetchUserInfo, requestTokens } from '../support/service.ts';
import { askSilently } from '../support/visits.ts';

type Answer = { readonly status: number; readonly error: unknown; readonly body: Readonly<Record<string, unknown>> };

describe('a token for an audit program', () => {
  let at: CaseWorld;
  let program: AuditProgram;

  beforeAll(async () => {
    at = await createCaseWorld();
    program = await registerProgram(at.world, 'gac-reader');
  });

  afterAll(async () => {
    await at.close();
  });

  const send = async (path: string, form: URLSearchParams, headers: Readonly<Record<string, string>> = {}): Promise<Answer> => {
    const response = await fetch(`${at.issuer}${path}`, { method: 'POST', body: form, headers });
    const body = toObject(await response.text());
    return { status: response.status, error: body['error'], body };
  };

  const ask = (changes: Readonly<Record<string, string>> = {}): Promise<Answer> => send('/token', toTokenForm(at.issuer, program, changes));

  const refusedBy = async (changes: Readonly<Record<string, string>>): Promise<readonly unknown[]> => {
    const answer = await at.changesNothing(() => ask(changes));
    return [answer.status, answer.error];
  };

  const entriesOf = (type: string): readonly Readonly<Record<string, unknown>>[] =>
    at.database.rows('SELECT id, service, purpose FROM entries WHERE type = ? ORDER BY id', type);

  it('is found by discovery and given to an independent client with its key', async () => {
    const configuration = await discoverAs(at.world, program);
    const metadata = configuration.serverMetadata();
    expect(metadata.grant_types_supported).toContain('client_credentials');
    expect(metadata.scopes_supported).toContain('audit:read');
    const tokens = await client.clientCredentialsGrant(configuration, { scope: 'audit:read' });
    expect(tokens).toMatchObject({ token_type: 'bearer', scope: 'audit:read', expires_in: 300 });
    expect(tokens.refresh_token).toBeUndefined();
    expect(tokens.id_token).toBeUndefined();
    expect(tokens.access_token).toMatch(/^[\w-]{43}$/);
  });

  it('stays out of the database: only its digest is kept', async () => {
    const token = await obtainProgramToken(at.world, program);
    expect(readDatabaseFiles(at.world).filter(({ bytes }) => bytes.includes(token))).toEqual([]);
  });

  it('leaves with exactly one entry, or not at all', async () => {
    const before = entriesOf('token.issued').length;
    expect((await ask()).status).toBe(200);
    const after = entriesOf('token.issued');
    expect(after).toHaveLength(before + 1);
    expect(after.at(-1)).toMatchObject({ service: 'gac-reader', purpose: null });
    const refused = await at.changesNothing(() => whileInsertFails(at.database, 'entries', () => ask()));
    expect([refused.status, refused.body['access_token']]).toEqual([503, undefined]);
  });

  it.each(['openid', 'audit:read openid', 'audit:write', 'audit:read nonsense', 'AUDIT:READ', ''])(
    'is refused for the scope "%s"',
    async (scope) => {
      expect(await refusedBy({ scope })).toEqual([400, 'invalid_scope']);
    },
  );

  it('TK-10 is refused for an assertion that was made for any other audience', async () => {
    for (const aud of [`${at.issuer}/token`, `${at.issuer}/`, [at.issuer], [at.issuer, 'https://evil.example'], 'https://evil.example']) {
      const assertion = createProgramAssertion(at.issuer, program, { aud });
      expect([aud, await refusedBy({ client_assertion: assertion })]).toEqual([aud, [401, 'invalid_client']]);
    }
  });

  it('TK-12 is given once for one assertion, one after another and all at once', async () => {
    const assertion = createProgramAssertion(at.issuer, program);
    expect((await ask({ client_assertion: assertion })).status).toBe(200);
    expect(await refusedBy({ client_assertion: assertion })).toEqual([401, 'invalid_client']);
    const other = createProgramAssertion(at.issuer, program);
    const answers = await Promise.all(Array.from({ length: 16 }, () => ask({ client_assertion: other })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(new Set(answers.filter(({ status }) => status !== 200).map(({ error }) => error))).toEqual(new Set(['invalid_client']));
  });

  it('TK-13 TK-14 is refused for an assertion that is old, long-lived, unnamed or somebody else’s', async () => {
    const now = Math.floor(Date.now() / 1000);
    const spoilt = [
      { exp: now - 60, iat: now - 120 },
      { exp: now + 3600 },
      { exp: undefined },
      { iat: undefined },
      { iat: now + 61 },
      { jti: undefined },
      { jti: 'x'.repeat(10_000) },
      { iss: 'mol-work-permit' },
      { sub: 'mol-work-permit' },
      { iss: 'mol-work-permit', sub: 'mol-work-permit' },
    ];
    for (const claims of spoilt) {
      const [status, error] = await refusedBy({ client_assertion: createProgramAssertion(at.issuer, program, claims) });
      expect([claims, status !== 200, ['invalid_client', 'invalid_request']]).toEqual([claims, true, expect.arrayContaining([error])]);
    }
  });

  it('is refused for a secret, whatever way it comes', async () => {
    const clean = { client_assertion: '', client_assertion_type: '' };
    expect((await ask({ ...clean, client_id: program.clientId })).error).toBe('invalid_client');
    expect((await ask({ ...clean, client_id: program.clientId, client_secret: 'x'.repeat(43) })).error).toBe('invalid_client');
    const basic = { authorization: `Basic ${Buffer.from(`${program.clientId}:${'x'.repeat(43)}`).toString('base64')}` };
    expect((await send('/token', toTokenForm(at.issuer, program, clean), basic)).error).toBe('invalid_client');
  });

  it('TK-27 is not for a service that people use, of any class', async () => {
    const asPermit = { client_assertion: createAssertion(at.issuer) };
    expect(await refusedBy(asPermit)).toEqual([400, 'unauthorized_client']);
    const clinic = await at.changesNothing(() =>
      requestTokens(at.issuer, { grant_type: 'client_credentials', scope: 'audit:read' }, 'clinic'),
    );
    expect([clinic.status, clinic.body['error']]).toEqual([400, 'unauthorized_client']);
  });

  it('is the only thing a program can ask for: no code, no refresh, no request for a person', async () => {
    for (const grant of ['authorization_code', 'refresh_token']) {
      expect(await refusedBy({ grant_type: grant, code: 'x', refresh_token: 'x', scope: '' })).toEqual([400, 'unauthorized_client']);
    }
    const request = { response_type: 'code', redirect_uri: 'http://localhost:3001/callback', code_challenge: 'x'.repeat(43) };
    const asked = { ...request, client_id: program.clientId, code_challenge_method: 'S256' };
    const pushed = await at.changesNothing(() => send('/request', toTokenForm(at.issuer, program, { ...asked, grant_type: '' })));
    expect(pushed.status).toBe(400);
    for (const scope of ['audit:read', 'openid']) {
      const url = `${at.issuer}/auth?${new URLSearchParams({ ...asked, scope }).toString()}`;
      const shown = await at.changesNothing(() => fetch(url, { redirect: 'manual' }));
      expect([shown.status, findErrorCode({ body: await shown.text() })]).toEqual([400, 'service/return-address-unknown']);
    }
  });

  it('cannot be asked of a person: no service may name its scope', async () => {
    const traveller = await at.newPerson();
    const answer = await at.changesNothing(() => askSilently(traveller, 'permit', { scope: 'openid audit:read' }));
    expect(answer.get('error')).toBe('invalid_scope');
  });

  it('opens nothing of a person, and ends when it is given back', async () => {
    const token = await obtainProgramToken(at.world, program);
    expect((await fetchUserInfo(at.issuer, token)).status).toBe(401);
    const revoked = entriesOf('token.revoked').length;
    const form = toTokenForm(at.issuer, program, { grant_type: '', scope: '', token });
    expect((await send('/token/revocation', form)).status).toBe(200);
    expect(entriesOf('token.revoked')).toHaveLength(revoked + 1);
    const again = toTokenForm(at.issuer, program, { grant_type: '', scope: '', token });
    expect((await send('/token/revocation', again)).status).toBe(200);
    expect(entriesOf('token.revoked')).toHaveLength(revoked + 1);
  });

  it('TK-20 is refused from the next request on while the program is suspended', async () => {
    expect((await ask()).status).toBe(200);
    await setProgramStatus(at.world, program, 'suspended');
    expect(await refusedBy({})).toEqual([401, 'invalid_client']);
    await setProgramStatus(at.world, program, 'active');
    expect((await ask()).status).toBe(200);
  });
});
