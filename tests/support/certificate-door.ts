// The door for certificates of a world, and services that come to it, each connection with the certificate that a test wants shown.

import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Json } from '../../src/domain/kernel/canonical.ts';
import { createAuthority, createCertificate } from './certificate.ts';
import type { Issued, TestCertificate } from './certificate.ts';
import type { Answer } from './fapi-client.ts';
import { toObject } from './raw-request.ts';
import { createService, noChanges } from './store-samples.ts';
import { findFreePort } from './world.ts';
import type { World } from './world.ts';

export type CertificateDoorOfTests = {
  readonly origin: string;
  /** Whom the operator trusts. */
  readonly authority: Issued;
  /** The certificate of the door itself. */
  readonly own: TestCertificate;
  readonly env: Readonly<Record<string, string>>;
};

const day = 86_400_000;

/** What an operator sets for a door whose TLS ends in the node. */
export async function prepareDoor(): Promise<CertificateDoorOfTests> {
  const folder = mkdtempSync(join(tmpdir(), 'huwiya-door-'));
  const port = await findFreePort();
  const authority = createAuthority('Services of the state');
  const own = createCertificate({ host: 'localhost', from: new Date(Date.now() - day), until: new Date(Date.now() + day) });
  const write = (name: string, pem: string): string => {
    const file = join(folder, name);
    writeFileSync(file, pem);
    return file;
  };
  return {
    origin: `https://localhost:${port}`,
    authority,
    own,
    env: {
      HUWIYA_MTLS_LISTEN: `127.0.0.1:${port}`,
      HUWIYA_MTLS_CA: write('authorities.pem', authority.certificate),
      HUWIYA_MTLS_CERT: write('certificate.pem', own.certificate),
      HUWIYA_MTLS_KEY: write('key.pem', own.key),
    },
  };
}

export type Sent = {
  readonly path: string;
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly form?: Readonly<Record<string, string>>;
};

/** Absent: none is shown. */
export type ShownCertificate = Pick<TestCertificate, 'certificate' | 'key'> | undefined;

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const body = toObject(await text(response));
  const headers = new Headers(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
  return { status: response.statusCode ?? 0, error: body['error'], body, headers };
}

/** One request on a connection of its own. */
export async function sendCertified(
  door: Pick<CertificateDoorOfTests, 'origin' | 'own'>,
  shown: ShownCertificate,
  sent: Sent,
): Promise<Answer> {
  const { hostname, port, host } = new URL(door.origin);
  const body = sent.form === undefined ? '' : new URLSearchParams(sent.form).toString();
  const typed = sent.form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length };
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        host: '127.0.0.1',
        port,
        servername: hostname,
        ca: door.own.certificate,
        agent: false,
        method: sent.method ?? (sent.form === undefined ? 'GET' : 'POST'),
        path: sent.path,
        headers: { host, ...typed, ...sent.headers },
        ...(shown === undefined ? {} : { cert: shown.certificate, key: shown.key }),
      },
      (response) => void readAnswer(response).then(resolve, reject),
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

/** A service with this metadata; says its id. */
export async function registerCertified(world: World, metadata: Readonly<Record<string, Json>>): Promise<string> {
  const service = createService('mol', {
    clientId: `certified-${randomUUID()}`,
    sector: randomUUID(),
    metadata: { redirect_uris: ['https://certified.example/callback'], grant_types: ['authorization_code'], ...metadata },
  });
  await world.storage.agencies.saveChanges({ ...noChanges, services: [service] });
  return service.clientId;
}
