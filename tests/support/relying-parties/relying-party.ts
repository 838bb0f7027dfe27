// Services that are made with libraries nobody here wrote, each as its own documentation shows. All answer at the same addresses: `/login` sends the browser to the
// provider, `/refresh` gets new tokens and reads the attributes again, `/logout` signs out at the provider. What came of it stands on the page as JSON.

import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';

export type Attributes = Readonly<Record<string, unknown>>;

/** What a service reads after a sign-in, or why it believes nothing. */
export type Answer =
  | { readonly ok: true; readonly subject: string; readonly attributes: Attributes }
  | { readonly ok: false; readonly reason: string };

/** What a service was registered with. */
export type Settings = {
  readonly issuer: string;
  readonly clientId: string;
  readonly secret: string;
  readonly privateKey: KeyObject;
  readonly origin: string;
  readonly redirectUri: string;
  readonly scope: string;
  /** What has to end with the service. */
  readonly onClose: (end: () => Promise<void>) => void;
};

export type RelyingParty = {
  /** The name of the library. */
  readonly library: string;
  /** Where the library wants the answer, a path. */
  readonly callbackPath: string;
  /** Members of its registration beside the names and addresses. */
  readonly registration: Attributes;
  /** Libraries that send no nonce have none to compare (OIDC Core 1.0 §3.1.2.1: optional in this flow). */
  readonly sendsNonce: boolean;
  /** Whether it comes back for the attributes while the person is away (`offline_access`). */
  readonly isOffline: boolean;
  readonly create: (settings: Settings) => Promise<RequestListener>;
};

export const keyId = 'relying-party-1';

export function toPublicJwk(privateKey: KeyObject): JsonWebKey & { readonly kid: string } {
  const { kty = '', crv = '', x = '', y = '' } = privateKey.export({ format: 'jwk' });
  return { kty, crv, x, y, kid: keyId, alg: 'ES256', use: 'sig' };
}

export async function toSigningKey(privateKey: KeyObject): Promise<CryptoKey> {
  const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' });
  return crypto.subtle.importKey('pkcs8', pkcs8, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
}

const escapeText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

export function toPage(answer: Answer): string {
  return `<!doctype html><meta charset="utf-8"><title>service</title><pre data-answer>${escapeText(JSON.stringify(answer))}</pre>`;
}

export function toReason(thrown: unknown): Answer {
  return { ok: false, reason: thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown) };
}

export type OpenedParty = {
  readonly party: RelyingParty;
  readonly settings: Settings;
  readonly close: () => Promise<void>;
};

/** Listens first, so that the address is known before the service is made. */
export async function openParty(party: RelyingParty, issuer: string): Promise<OpenedParty> {
  const made: RequestListener[] = [];
  const ends: (() => Promise<void>)[] = [];
  const server = createServer((request, response) => made[0]?.(request, response));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const clientId = `rp-${party.library.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '')}`;
  const origin = `http://${clientId}.localhost:${port}`;
  const settings: Settings = {
    issuer,
    clientId,
    secret: randomBytes(32).toString('base64url'),
    privateKey: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
    origin,
    redirectUri: `${origin}${party.callbackPath}`,
    scope: party.isOffline ? 'openid profile email offline_access' : 'openid profile email',
    onClose: (end) => ends.push(end),
  };
  made.push(await party.create(settings));
  return {
    party,
    settings,
    close: async () => {
      await Promise.all(ends.map(async (end) => end()));
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
