// Certificates of services (RFC 8705) as an attacker would forge, borrow, outlive and smuggle them (security contract 2.2, TK-26).

import { createPrivateKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { watchWorld } from '../support/case-world.ts';
import type { Watch } from '../support/case-world.ts';
import { registerCertified, sendCertified } from '../support/certificate-door.ts';
import type { CertificateDoorOfTests, Sent, ShownCertificate } from '../support/certificate-door.ts';
import { createAuthority, createSelfSigned } from '../support/certificate.ts';
import type { Issued, IssuedAsked } from '../support/certificate.ts';
import { createFapiAssertion, createProver, prove, toAssertionFields } from '../support/fapi-client.ts';
import type { Answer } from '../support/fapi-client.ts';
import { authorize, callResource, createFapiWorld, exchange, obtain, readToken, requestToken } from '../support/fapi-world.ts';
import type { FapiWorld, Side } from '../support/fapi-world.ts';
import { sendRaw } from '../support/raw-request.ts';

const subject = { C: 'SA', O: 'Conformance', CN: 'conformance-fapi-1' };
const forServers = '2b06010505070301';
const forClients = '2b06010505070302';

const invalidClient = { status: 401, error: 'invalid_client' };

describe('certificates of services', () => {
  let at: FapiWorld;
  let door: CertificateDoorOfTests;
  let own: ShownCertificate;
  let watch: Watch;

  beforeAll(async () => {
    at = await createFapiWorld('certificate');
    if (at.first.certified === undefined) {
      throw new Error('the world has no door for certificates');
    }
    ({ door, shown: own } = at.first.certified);
    watch = watchWorld(at.world);
  });

  afterAll(async () => {
    watch.close();
    await at.close();
  });

  const issue = (changes: Partial<IssuedAsked> = {}): Issued => door.authority.issue({ subject, ...changes });
  const withShown = (side: Side, shown: ShownCertificate): Side => ({ ...side, certified: { door, shown } });

  /** The cheapest endpoint at which a service says who it is. */
  const present = async (shown: ShownCertificate, clientId = 'conformance-fapi-1', sent: Partial<Sent> = {}): Promise<Answer> =>
    sendCertified(door, shown, { path: '/token/revocation', form: { client_id: clientId, token: 'unknown' }, ...sent });

  test('TK-26 only the certificate that an authority of ours issued to this service, for clients and in its time, proves anything', async () => {
    const middle = door.authority.issue({ subject: { CN: 'Below' }, isAuthority: true });
    const below = middle.issue({ subject });
    const forOthers = door.authority.issue({ subject: { CN: 'Below, for servers' }, isAuthority: true, use: forServers });
    const other = issue({ subject: { ...subject, CN: 'conformance-fapi-2' } });
    const chain = (leaf: Issued, next: Issued) => ({ certificate: leaf.certificate + next.certificate, key: leaf.key });
    const good: Readonly<Record<string, ShownCertificate>> = {
      'its own': own,
      renewed: issue(),
      'for clients by name': issue({ use: forClients }),
      'by an authority below ours that comes along': chain(below, middle),
    };
    const bad: Readonly<Record<string, ShownCertificate>> = {
      none: undefined,
      'of another authority': createAuthority('Somebody else').issue({ subject }),
      'of another authority with the name of ours': createAuthority('Services of the state').issue({ subject }),
      'of nobody': createSelfSigned({ subject }),
      ended: issue({ from: -10, until: -1 }),
      'not begun': issue({ from: 1 }),
      'of another service': other,
      'with less in its name': issue({ subject: { CN: subject.CN } }),
      'with more in its name': issue({ subject: { ...subject, ST: 'Riyadh' } }),
      'with its name the other way round': issue({ subject: { CN: subject.CN, O: subject.O, C: subject.C } }),
      'for servers': issue({ use: forServers }),
      'by an authority below ours that does not come along': below,
      'issued by a service': chain(other.issue({ subject }), other),
      'by an authority below ours that is for servers': chain(forOthers.issue({ subject }), forOthers),
      'without a subject': issue({ subject: {}, names: { dns: 'conformance-fapi-1' } }),
      'signed over SHA-1': issue({ hash: 'sha1' }),
      'by an authority below ours that is signed over SHA-1': (() => {
        const weak = door.authority.issue({ subject: { CN: 'Below' }, isAuthority: true, hash: 'sha1' });
        return chain(weak.issue({ subject }), weak);
      })(),
    };
    await watch.changesNothing(async () => {
      for (const [name, shown] of Object.entries(bad)) {
        expect([name, await present(shown)]).toEqual([name, expect.objectContaining(invalidClient)]);
      }
    });
    for (const [name, shown] of Object.entries(good)) {
      expect([name, (await present(shown)).status]).toEqual([name, 200]);
    }
  });

  test('TK-26 a name beside the subject is compared whole, and only the kind that is registered', async () => {
    const uri = 'https://tax.example/api,URI:https://other.example';
    const kinds = [
      {
        kind: 'dns',
        member: 'tls_client_auth_san_dns',
        name: 'tax.example',
        others: ['a.tax.example', '*.example', 'tax.example.evil.example'],
      },
      { kind: 'uri', member: 'tls_client_auth_san_uri', name: uri, others: ['https://tax.example/api', 'https://other.example'] },
      {
        kind: 'email',
        member: 'tls_client_auth_san_email',
        name: 'api@tax.example',
        others: ['other@tax.example', 'api@tax.example.evil.example'],
      },
    ] as const;
    for (const { kind, member, name, others } of kinds) {
      const clientId = await registerCertified(at.world, { token_endpoint_auth_method: 'tls_client_auth', [member]: name });
      const certify = (value: string): Issued => issue({ subject: { CN: 'tax.example' }, names: { [kind]: value } });
      expect([kind, (await present(certify(name), clientId)).status]).toEqual([kind, 200]);
      for (const wrong of others) {
        expect([wrong, await present(certify(wrong), clientId)]).toEqual([wrong, expect.objectContaining(invalidClient)]);
      }
      const swapped = { dns: { email: 'dns@tax.example' }, uri: { dns: 'tax.example' }, email: { dns: 'tax.example' } }[kind];
      expect(await present(issue({ subject: { CN: name }, names: swapped }), clientId)).toMatchObject(invalidClient);
      expect(await present(issue({ subject: { CN: 'tax.example' } }), clientId)).toMatchObject(invalidClient);
    }
  });

  test('TK-26 a certificate that nobody issued is believed where it stands in the register, and in its time only', async () => {
    const method = { token_endpoint_auth_method: 'self_signed_tls_client_auth' };
    const [listed, ended] = [createSelfSigned({ subject }), createSelfSigned({ subject, from: -10, until: -1 })];
    const clientId = await registerCertified(at.world, { ...method, jwks: { keys: [listed.jwk, ended.jwk] } });
    expect((await present(listed, clientId)).status).toBe(200);
    for (const shown of [undefined, ended, createSelfSigned({ subject }), issue()]) {
      expect(await present(shown, clientId)).toMatchObject(invalidClient);
    }
  });

  test('TK-26 a token serves whoever holds its certificate, at the door for certificates, and nobody else', async () => {
    const { accessToken } = await obtain(at.first);
    const thief = at.second.certified?.shown;
    expect(thief).toBeDefined();
    await watch.changesNothing(async () => {
      for (const shown of [thief, issue(), undefined]) {
        expect(await callResource(withShown(at.first, shown), accessToken)).toMatchObject({ status: 401, error: 'invalid_token' });
      }
      const atIssuer = await fetch(`${at.issuer}/me`, { headers: { authorization: `Bearer ${accessToken}` } });
      expect(atIssuer.status).toBe(401);
    });
    expect((await callResource(at.first, accessToken)).status).toBe(200);
    const asked = await sendCertified(door, own, {
      path: '/token/introspection',
      form: { client_id: 'conformance-fapi-1', token: accessToken },
    });
    expect(asked.status).toBe(200);
  });

  test('TK-26 a certificate that is swapped for another at the exchange or at a refresh gets nothing, and a renewed one binds what comes of it', async () => {
    const offline = { changes: { scope: 'openid offline_access', prompt: 'consent' } };
    const { tokens } = await obtain(at.first, offline);
    const form = { grant_type: 'refresh_token', refresh_token: readToken(tokens, 'refresh_token') };
    const authorized = await authorize(at.first);
    const swapped = [at.second.certified?.shown, issue({ subject: { CN: 'other' } }), createSelfSigned({ subject }), undefined];
    await watch.changesNothing(async () => {
      for (const shown of swapped) {
        expect(await requestToken(withShown(at.first, shown), { form })).toMatchObject(invalidClient);
        expect(await exchange(withShown(at.first, shown), authorized)).toMatchObject(invalidClient);
      }
      const asOther = { ...at.second, client: { ...at.second.client, redirectUri: at.first.client.redirectUri } };
      expect(await requestToken(asOther, { form })).toMatchObject({ status: 400, error: 'invalid_grant' });
      expect(await exchange(asOther, authorized)).toMatchObject({ status: 400, error: 'invalid_grant' });
    });
    expect((await exchange(at.first, authorized)).status).toBe(200);
    const renewed = withShown(at.first, issue());
    const fresh = readToken(await requestToken(renewed, { form }));
    expect((await callResource(renewed, fresh)).status).toBe(200);
    expect((await callResource(at.first, fresh)).status).toBe(401);
  });

  test('TK-26 a header for certificates that a client sends itself is nothing, at the door and at the issuer', async () => {
    const { certificate } = issue();
    const forged = {
      'x-client-cert': encodeURIComponent(certificate),
      'client-cert': `:${certificate.replaceAll(/-----[A-Z ]+-----|\s/g, '')}:`,
      'x-ssl-client-verify': 'SUCCESS',
    };
    expect(await present(undefined, 'conformance-fapi-1', { headers: forged })).toMatchObject(invalidClient);
    const body = new URLSearchParams({ client_id: 'conformance-fapi-1', token: 'unknown' });
    const atIssuer = await fetch(`${at.issuer}/token/revocation`, { method: 'POST', body, headers: forged });
    expect(atIssuer.status).toBe(401);
    expect((await present(own)).status).toBe(200);
  });

  test('TK-26 by the door for certificates programs come alone: no page, no cookie, no other host', async () => {
    const pages = [
      '/',
      '/auth?client_id=conformance-fapi-1',
      '/account',
      '/audit',
      '/session/end',
      '/jwks',
      '/.well-known/openid-configuration',
      '/enrol/x',
    ];
    for (const path of pages) {
      const answer = await sendCertified(door, own, { path, headers: { accept: 'text/html' } });
      expect([path, answer.status, answer.headers.get('content-type')]).toEqual([path, 404, expect.stringContaining('json')]);
      expect(answer.headers.has('set-cookie')).toBe(false);
    }
    for (const host of [new URL(at.issuer).host, 'evil.example']) {
      expect((await present(own, 'conformance-fapi-1', { headers: { host } })).status).toBe(421);
    }
    const atIssuer = await sendRaw({ port: Number(new URL(at.issuer).port), path: '/jwks', headers: { host: new URL(door.origin).host } });
    expect(atIssuer.status).toBe(421);
    expect((await present(own)).status).toBe(200);
  });

  test('TK-26 our own interface takes a bound token with its certificate only', async () => {
    const clientId = await registerCertified(at.world, {
      token_endpoint_auth_method: 'tls_client_auth',
      tls_client_auth_subject_dn: 'CN=tax,O=Conformance,C=SA',
      tls_client_certificate_bound_access_tokens: true,
      grant_types: ['authorization_code', 'client_credentials'],
    });
    const tax = issue({ subject: { ...subject, CN: 'tax' } });
    const form = { grant_type: 'client_credentials', scope: 'consents', client_id: clientId };
    const token = readToken(await sendCertified(door, tax, { path: '/token', form }));
    const ask = async (shown: ShownCertificate): Promise<number> =>
      (await sendCertified(door, shown, { path: '/agency/api/v1/duties', headers: { authorization: `Bearer ${token}` } })).status;
    const atIssuer = await fetch(`${at.issuer}/agency/api/v1/duties`, { headers: { authorization: `Bearer ${token}` } });
    expect([await ask(own), await ask(undefined), atIssuer.status]).toEqual([401, 401, 401]);
    expect(await ask(tax)).toBe(200);
    const described = await fetch(`${at.issuer}/.well-known/oauth-protected-resource/agency/api/v1`);
    expect(await described.json()).toMatchObject({ tls_client_certificate_bound_access_tokens: true });
  });

  test('TK-26 a service that signs in with a key and binds its tokens to a certificate gets none without one', async () => {
    const own = createSelfSigned({ subject });
    const { x5c: _certificate, ...jwk } = own.jwk;
    const clientId = await registerCertified(at.world, {
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: [jwk] },
      tls_client_certificate_bound_access_tokens: true,
      grant_types: ['authorization_code', 'client_credentials'],
    });
    const client = { clientId, redirectUri: '', algorithm: 'ES256', kid: String(jwk['kid']), key: createPrivateKey(own.key) } as const;
    const ask = async (shown: ShownCertificate): Promise<Answer> => {
      const form = { grant_type: 'client_credentials', scope: 'consents', ...toAssertionFields(createFapiAssertion(at.issuer, client)) };
      return sendCertified(door, shown, { path: '/token', form });
    };
    expect(await ask(undefined)).toMatchObject({ status: 400, error: 'invalid_grant' });
    const token = readToken(await ask(own));
    const use = async (shown: ShownCertificate): Promise<number> =>
      (await sendCertified(door, shown, { path: '/agency/api/v1/duties', headers: { authorization: `Bearer ${token}` } })).status;
    expect([await use(issue()), await use(own)]).toEqual([401, 200]);
  });

  test('TK-26 a service with a certificate may bind its tokens to proofs, made for the address that it calls', async () => {
    const clientId = await registerCertified(at.world, {
      token_endpoint_auth_method: 'tls_client_auth',
      tls_client_auth_san_dns: 'proofs.example',
      dpop_bound_access_tokens: true,
      grant_types: ['authorization_code', 'client_credentials'],
    });
    const shown = issue({ subject: { CN: 'proofs' }, names: { dns: 'proofs.example' } });
    const prover = createProver();
    const ask = async (origin: string): Promise<Answer> => {
      const form = { grant_type: 'client_credentials', scope: 'consents', client_id: clientId };
      const dpop = prove(prover, { method: 'POST', url: `${origin}/token` });
      const answer = await sendCertified(door, shown, { path: '/token', form, headers: { dpop } });
      prover.nonce.current = answer.headers.get('dpop-nonce') ?? prover.nonce.current;
      return answer;
    };
    expect(await ask(door.origin)).toMatchObject({ status: 400, error: 'use_dpop_nonce' });
    expect(await ask(at.issuer)).toMatchObject({ status: 400, error: 'invalid_dpop_proof' });
    expect((await ask(door.origin)).body['token_type']).toBe('DPoP');
  });

  test('TK-26 developers are told that the certificate was refused, and nothing of whose it was', async () => {
    await present(createSelfSigned({ subject: { CN: 'somebody-elses' } }));
    const rules = (): readonly unknown[] =>
      watch.database
        .rows("SELECT DISTINCT rule FROM traces WHERE client_id = 'conformance-fapi-1' AND error = 'invalid_client' ORDER BY rule")
        .map((row) => row['rule']);
    await expect.poll(rules, { timeout: 5000 }).toEqual(['certificate/missing', 'certificate/refused']);
    expect(JSON.stringify(watch.database.rows('SELECT * FROM traces'))).not.toContain('somebody-elses');
    expect(at.world.logLines.join('')).not.toContain('somebody-elses');
  });
});
