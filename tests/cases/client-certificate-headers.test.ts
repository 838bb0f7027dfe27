// Certificates that a proxy passes on, and providers without a door for certificates (security contract 2.2, TK-26).

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toDigest } from '../../src/domain/kernel/ids.ts';
import { prepareDoor, registerCertified } from '../support/certificate-door.ts';
import type { CertificateDoorOfTests } from '../support/certificate-door.ts';
import { createSelfSigned } from '../support/certificate.ts';
import { sendRaw, toObject } from '../support/raw-request.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const subject = { C: 'SA', O: 'Conformance', CN: 'conformance-fapi-1' };

describe('certificates that a proxy passes on', () => {
  let door: CertificateDoorOfTests;
  let world: World;
  let clientId: string;

  beforeAll(async () => {
    door = await prepareDoor();
    const { HUWIYA_MTLS_CERT: _certificate, HUWIYA_MTLS_KEY: _key, ...env } = door.env;
    const proxy = { HUWIYA_MTLS_HEADER: 'X-Client-Cert', HUWIYA_TRUSTED_HOPS: '1', HUWIYA_MTLS_URL: 'https://mtls.id.example' };
    world = await createWorld({ env: { ...env, ...proxy } });
    clientId = await registerCertified(world, {
      token_endpoint_auth_method: 'tls_client_auth',
      tls_client_auth_subject_dn: 'CN=conformance-fapi-1,O=Conformance,C=SA',
    });
  });

  afterAll(async () => {
    await world.close();
  });

  const escape = (pem: string): string => encodeURIComponent(pem);
  const toBase64 = (pem: string): string => pem.replaceAll(/-----[A-Z ]+-----|\s/g, '');

  const send = async (header: string | string[] | undefined, to: 'door' | 'issuer' = 'door'): Promise<unknown> => {
    const [port, host] =
      to === 'door' ? [new URL(door.origin).port, 'mtls.id.example'] : [new URL(world.issuer).port, new URL(world.issuer).host];
    const { status, body } = await sendRaw({
      port: Number(port),
      method: 'POST',
      path: '/token/revocation',
      headers: {
        host,
        'content-type': 'application/x-www-form-urlencoded',
        'x-forwarded-proto': 'https',
        ...(header === undefined ? {} : { 'x-client-cert': header }),
      },
      body: new URLSearchParams({ client_id: clientId, token: 'unknown' }).toString(),
    });
    return status === 200 ? 'believed' : toObject(body)['error'];
  };

  test('TK-26 the header counts once, at the door for certificates, and in each form that proxies write', async () => {
    const { certificate } = door.authority.issue({ subject });
    const base64 = toBase64(certificate);
    for (const written of [escape(certificate), base64, `:${base64}:`, certificate.trim().replaceAll('\n', ' ')]) {
      expect(await send(written)).toBe('believed');
      expect(await send(written, 'issuer')).toBe('invalid_client');
    }
    const other = createSelfSigned({ subject });
    const wrong = [undefined, '', 'SUCCESS', '%', escape(certificate).slice(0, -40), `${base64},${base64}`, escape(other.certificate)];
    for (const header of [...wrong, [escape(certificate), escape(certificate)], [escape(other.certificate), escape(certificate)]]) {
      expect(await send(header)).toBe('invalid_client');
    }
    const ended = door.authority.issue({ subject, from: -10, until: -1 });
    expect(await send(escape(ended.certificate))).toBe('invalid_client');
    expect(await send(escape(certificate + other.certificate))).toBe('invalid_client');
    // What TLS in process would not let through: a key of no known kind, and short ones.
    const unknownKind = Buffer.from(base64, 'base64').toString('hex').replace('2a8648ce3d0201', '2a8648ce3d0209');
    expect(await send(Buffer.from(unknownKind, 'hex').toString('base64'))).toBe('invalid_client');
    expect(await send(escape(door.authority.issue({ subject, rsaBits: 1024 }).certificate))).toBe('invalid_client');
    expect(await send(escape(door.authority.issue({ subject, rsaBits: 2048 }).certificate))).toBe('believed');
  });

  test('TK-26 discovery names the address of the door', async () => {
    const document = toObject(await (await fetch(`${world.issuer}/.well-known/openid-configuration`)).text());
    expect(document['mtls_endpoint_aliases']).toMatchObject({ token_endpoint: 'https://mtls.id.example/token' });
  });
});

describe('certificates where no door is open for them', () => {
  let world: World;

  beforeAll(async () => {
    world = await createWorld();
  });

  afterAll(async () => {
    await world.close();
  });

  test('TK-26 nothing is offered, nobody is believed, and tokens that should be bound are not given unbound', async () => {
    const document = toObject(await (await fetch(`${world.issuer}/.well-known/openid-configuration`)).text());
    expect(document).not.toHaveProperty('mtls_endpoint_aliases');
    expect(document).not.toHaveProperty('tls_client_certificate_bound_access_tokens');
    expect(JSON.stringify(document)).not.toContain('tls_client_auth');
    const secret = randomUUID();
    const known = { token_endpoint_auth_method: 'client_secret_post', client_secret_sha256: toDigest(secret) };
    const bound = { tls_client_certificate_bound_access_tokens: true, grant_types: ['authorization_code', 'client_credentials'] };
    const ask = async (fields: Readonly<Record<string, string>>): Promise<readonly unknown[]> => {
      const body = new URLSearchParams({ grant_type: 'client_credentials', scope: 'consents', ...fields });
      const answer = await fetch(`${world.issuer}/token`, { method: 'POST', body });
      return [answer.status, toObject(await answer.text())['error']];
    };
    const named = { token_endpoint_auth_method: 'tls_client_auth', tls_client_auth_san_dns: 'tax.example' };
    expect(await ask({ client_id: await registerCertified(world, { ...named, ...bound }) })).toEqual([401, 'invalid_client']);
    expect(await ask({ client_id: await registerCertified(world, { ...known, ...bound }), client_secret: secret })).toEqual([
      400,
      'invalid_grant',
    ]);
    const free = await registerCertified(world, { ...known, grant_types: bound.grant_types });
    expect(await ask({ client_id: free, client_secret: secret })).toEqual([200, undefined]);
  });
});
