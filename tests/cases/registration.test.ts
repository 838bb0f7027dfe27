// What may be registered, who may change it, and what a registration is worth elsewhere (security contract 2.5). Calls to services have a file of their own.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runAgenciesList } from '../../src/cli/agencies-list.ts';
import { runAgenciesShow } from '../../src/cli/agencies-show.ts';
import { assertionType } from '../support/audit-program.ts';
import { createCaseWorld } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { classRows, sampleSecret } from '../support/class-rows.ts';
import type { Members } from '../support/class-rows.ts';
import { createRegistrationDesk } from '../support/registration-desk.ts';
import type { RegistrationDesk } from '../support/registration-desk.ts';
import { createOkpJwk, createPublicJwk, createRsaJwk } from '../support/sample-proposal.ts';
import { createAssertion, fetchUserInfo, requestTokens } from '../support/service.ts';
import { createUserAgent } from '../support/user-agent.ts';
import { createRequest, obtainTokens } from '../support/visits.ts';

const services = 'agencies[0].services[0]';

/** A key serves one service: those of a row are made anew, of the kinds that it needs. */
function toFreshKeys(keeps: Members): Members {
  if ('jwks' in keeps && keeps['jwks'] === undefined) {
    return { jwks: undefined };
  }
  const signing = { PS256: () => [createRsaJwk(2048)], EdDSA: () => [createOkpJwk()] };
  const wanted = Object.entries(signing).find(([name]) => name === keeps['request_object_signing_alg'])?.[1]() ?? [];
  return { jwks: { keys: [createPublicJwk(), createPublicJwk({ kid: 'two' }), ...wanted] } };
}

describe('registration', () => {
  let at: CaseWorld;
  let desk: RegistrationDesk;

  beforeAll(async () => {
    at = await createCaseWorld();
    desk = createRegistrationDesk(at);
  });

  afterAll(async () => {
    await at.close();
  });

  test('RG-01 nobody registers by itself: no such endpoint is announced, and none answers', async () => {
    const metadata: Readonly<Record<string, unknown>> = JSON.parse(
      (await createUserAgent(at.issuer).get(`${at.issuer}/.well-known/openid-configuration`)).body,
    );
    expect(Object.keys(metadata)).not.toContain('registration_endpoint');
    for (const path of ['/reg', '/register', '/registration', '/connect/register', '/reg/mol-work-permit']) {
      const answer = await at.changesNothing(async () =>
        fetch(`${at.issuer}${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"redirect_uris":["https://a.example/"]}',
        }),
      );
      expect([path, answer.status]).toEqual([path, 404]);
    }
  });

  test('RG-04 an address by http, with a user, a number, a wildcard, a fragment or another scheme is refused with field, reason and fix', async () => {
    const addresses = [
      'http://licence.kap.example/callback',
      'https://user@licence.kap.example/callback',
      'https://192.0.2.7/callback',
      'https://*.kap.example/callback',
      'https://licence.kap.example/callback#part',
      'javascript:alert(1)',
      'kap:/callback',
    ];
    for (const address of addresses) {
      expect(await desk.findRefused({ redirect_uris: [address] })).toContain(`${services}.redirect_uris[0]`);
      expect(await desk.findRefused({ post_logout_redirect_uris: [address] })).toContain(`${services}.post_logout_redirect_uris[0]`);
    }
  });

  test('RG-05 a scheme of its own and the domain of another agency are refused', async () => {
    expect(await desk.findRefused({ redirect_uris: ['com.example.kap:/callback'] })).toContain(`${services}.redirect_uris[0]`);
    expect((await desk.apply({})).code).toBe(0);
    const other = { id: 'other', registration_number: '7000000078', name: { ar: 'جهة أخرى', en: 'Other agency' } };
    const foreign = { client_id: 'other-service', sector: 'other', jwks: { keys: [createPublicJwk()] } };
    expect(await desk.findRefused(foreign, other)).toContain(`${services}.redirect_uris`);
    const hooks = { redirect_uris: ['https://other.example/cb'], backchannel_logout_uri: 'https://licence.kap.example/out' };
    expect(await desk.findRefused({ ...foreign, ...hooks }, other)).toContain(`${services}.backchannel_logout_uri`);
  });

  test.each([
    ['an override of direction', 'Licences\u202E'],
    ['an isolate', 'Lic\u2066ences'],
    ['a character without width', 'Lic\u200Bences'],
    ['a flood of marks', 'Lice\u0301\u0302\u0303nces'],
    ['two scripts', 'Liсences'],
  ])('RG-06 a name with %s is refused', async (_what, en) => {
    expect(await desk.findRefused({ name: { ar: 'التراخيص', en } })).toContain(`${services}.name.en`);
  });

  test.each([
    ['in Latin', { ar: 'جهة لا تشبهها', en: 'Ministry of  Lab0ur' }],
    ['in Arabic', { ar: 'وِزاره العمل', en: 'Quite another name' }],
  ])('RG-06 an agency that looks like another one %s is refused', async (_script, alike) => {
    expect(
      await desk.findRefused(
        { client_id: 'alike', sector: 'alike', redirect_uris: ['https://alike.example/cb'], jwks: { keys: [createPublicJwk()] } },
        {
          id: 'alike',
          registration_number: '7000000079',
          name: alike,
        },
      ),
    ).toContain('agencies[0].name');
  });

  test('RG-07 a service brings no picture: none can be registered, and no page loads one from elsewhere', async () => {
    expect(await desk.findRefused({ logo_uri: 'https://tracker.example/pixel.svg' })).toContain(services);
    const page = await createUserAgent(at.issuer).get(createRequest(at.issuer, 'permit').url);
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'|img-src 'self'/);
    expect(
      [...page.body.matchAll(/<img[^>]+src="([^"]+)"/g)].map(([, source = '']) => source).filter((source) => /^https?:/.test(source)),
    ).toEqual([]);
  });

  test('RG-13 a weak key, a private one, one for two services and one to sign and to decrypt are refused, and nothing of it is kept', async () => {
    const secretPart = 'c2VjcmV0LXBhcnQ';
    for (const key of [createRsaJwk(1024), createRsaJwk(2048, 3), { ...createPublicJwk(), crv: 'P-192' }, { kty: 'oct', k: secretPart }]) {
      expect(await desk.findRefused({ jwks: { keys: [key] } })).toContain(`${services}.jwks.keys[0]`);
    }
    expect(await desk.findRefused({ jwks: { keys: [{ ...createPublicJwk(), d: secretPart }] } })).toContain(`${services}.jwks.keys[0]`);
    const key = createPublicJwk();
    expect(await desk.findRefused({ jwks: { keys: [key, { ...key, kid: 'two', use: 'enc', alg: 'ECDH-ES+A256KW' }] } })).toContain(
      `${services}.jwks`,
    );
    await desk.apply({});
    expect(await desk.findRefused({ client_id: 'kap-second', redirect_uris: ['https://licence.kap.example/second'] })).toContain(
      `${services}.jwks`,
    );
    const kept = at.database.rows('SELECT metadata FROM services').map((row) => String(row['metadata']));
    expect(kept.join()).not.toContain(secretPart);
  });

  test('RX-05 keys that cost too much to check are refused: too long, with a long exponent, or too many; and a flood of wrong signatures changes nothing', async () => {
    const toRsa = (bytes: number, exponentBytes: number) => ({
      ...createRsaJwk(2048),
      n: Buffer.alloc(bytes, 0xb5).toString('base64url'),
      e: exponentBytes === 3 ? 'AQAB' : Buffer.alloc(exponentBytes, 0xb5).toString('base64url'),
    });
    for (const [bytes, exponentBytes] of [
      [2048, 3],
      [513, 3],
      [256, 255],
      [384, 6],
    ] as const) {
      const refused = await desk.findRefused({ jwks: { keys: [toRsa(bytes, exponentBytes)] } });
      expect([bytes, exponentBytes, refused.includes(`${services}.jwks.keys[0]`)]).toEqual([bytes, exponentBytes, true]);
    }
    const keys = Array.from({ length: 100 }, (_, n) => createPublicJwk({ kid: String(n) }));
    expect(await desk.findRefused({ jwks: { keys } })).toContain(`${services}.jwks`);
    expect(await desk.findRefused({ jwks: { keys: keys.slice(0, 11) } })).toContain(`${services}.jwks`);
    const longest = { ...toRsa(512, 3), kid: 'longest' };
    expect(await desk.apply({ jwks: { keys: [...keys.slice(0, 9), longest] } })).toMatchObject({ code: 0 });
    await at.changesNothing(async () => {
      const forged = Array.from({ length: 64 }, async () => {
        const assertion = `${createAssertion(at.issuer).slice(0, -6)}AAAAAA`;
        const body = new URLSearchParams({ token: 'none', client_assertion_type: assertionType, client_assertion: assertion });
        return (await fetch(`${at.issuer}/token/revocation`, { method: 'POST', body })).status;
      });
      expect(new Set(await Promise.all(forged))).toEqual(new Set([401]));
    });
    expect(at.database.rows("SELECT count(*) AS n FROM replays WHERE key NOT LIKE 'probe'")[0]?.['n']).toBe(0);
  });

  test('RG-14 a secret is kept as its digest, and neither command, log nor ledger says it again', async () => {
    const legacy = { client_id: 'kap-portal', class: 'legacy', token_endpoint_auth_method: 'client_secret_basic', jwks: undefined };
    const applied = await desk.apply({ ...legacy, client_secret: sampleSecret });
    await runAgenciesShow(desk.captured.context, { id: 'kap-portal', json: true });
    await runAgenciesShow(desk.captured.context, { id: 'kap-portal', json: false });
    await runAgenciesList(desk.captured.context, { json: true });
    const rows = ['services', 'entries', 'submissions'].flatMap((table) => at.database.rows(`SELECT * FROM ${table}`));
    const digest = String(
      at.database.rows("SELECT metadata ->> 'client_secret_sha256' AS d FROM services WHERE client_id = 'kap-portal'")[0]?.['d'],
    );
    expect(digest).toMatch(/^[\w-]{43}$/);
    const shown = [applied.out, applied.err, desk.captured.takeOut(), desk.captured.takeErr(), ...at.world.logLines].join('\n');
    expect([shown.includes(sampleSecret), shown.includes(digest), JSON.stringify(rows).includes(sampleSecret)]).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('RG-15 what a sandbox registered is nothing elsewhere: neither secret, key, code nor token', { timeout: 60_000 }, async () => {
    const sandbox = await createCaseWorld();
    try {
      const trial = {
        client_id: 'kap-trial',
        class: 'legacy',
        token_endpoint_auth_method: 'client_secret_post',
        jwks: undefined,
        client_secret: sampleSecret,
      };
      expect((await createRegistrationDesk(sandbox).apply(trial)).code).toBe(0);
      const grant = { grant_type: 'refresh_token', refresh_token: 'x', client_id: 'kap-trial', client_secret: sampleSecret };
      const post = async (issuer: string): Promise<unknown> =>
        (await fetch(`${issuer}/token`, { method: 'POST', body: new URLSearchParams(grant) })).json();
      expect(await post(sandbox.issuer)).toMatchObject({ error: 'unauthorized_client' });
      expect(await post(at.issuer)).toMatchObject({ error: 'invalid_client' });
      const tokens = await obtainTokens(await sandbox.newPerson(), 'permit');
      expect((await fetchUserInfo(sandbox.issuer, tokens.body['access_token'])).status).toBe(200);
      expect((await fetchUserInfo(at.issuer, tokens.body['access_token'])).status).toBe(401);
      // The assertion of the sandbox names the sandbox as its audience.
      const code = {
        grant_type: 'authorization_code',
        code: 'x',
        redirect_uri: 'http://localhost:3001/callback',
        code_verifier: 'x'.repeat(43),
      };
      expect((await requestTokens(at.issuer, code)).body['error']).toBe('invalid_grant');
      const foreign = {
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: createAssertion(sandbox.issuer),
      };
      const answer = await fetch(`${at.issuer}/token`, { method: 'POST', body: new URLSearchParams({ ...code, ...foreign }) });
      expect([answer.status, await answer.json()]).toMatchObject([401, { error: 'invalid_client' }]);
    } finally {
      await sandbox.close();
    }
  });

  test('RG-16 what a service asks beyond its purpose is dropped, and the log says so to agency and auditor', async () => {
    const traveller = await at.newPerson();
    const claims = JSON.stringify({ userinfo: { given_name: null, national_id: { essential: true } } });
    const tokens = await obtainTokens(traveller, 'permit', { extra: { claims } });
    const info = await fetchUserInfo(at.issuer, tokens.body['access_token']);
    expect([Object.keys(info.body).includes('given_name'), Object.keys(info.body).includes('national_id')]).toEqual([true, false]);
    const asks = at.database.rows("SELECT service, attributes FROM entries WHERE type = 'data.over_ask'");
    expect(asks).toContainEqual(
      expect.objectContaining({ service: 'mol-work-permit', attributes: expect.stringContaining('national_id') }),
    );
  });

  test('RG-13 a registration of every class that the check lets pass is one that the engine takes', { timeout: 60_000 }, async () => {
    const said: unknown[] = [];
    for (const [index, { rule, keeps }] of classRows.entries()) {
      const { jwks: _given, ...members } = keeps;
      const keys = toFreshKeys(keeps);
      const address = `https://row-${index}.kap.example/callback`;
      const own = {
        client_id: `row-${index}`,
        redirect_uris: [address],
        backchannel_logout_uri: undefined,
        security_events_uri: undefined,
      };
      const isRsa = members['token_endpoint_auth_signing_alg'] === 'PS256' ? { token_endpoint_auth_signing_alg: 'ES256' } : {};
      const { code, err } = await desk.apply({ ...members, ...keys, ...own, ...isRsa });
      const answer = await desk.ask(own.client_id, address);
      said.push(...(code === 0 && answer === undefined ? [] : [[rule, err, answer]]));
    }
    expect(said).toEqual([]);
  });
});
