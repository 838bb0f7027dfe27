// Settings and keys of a made-up country. The keys follow from the seed, so that receipts and checkpoints come out the same each time: whoever knows the seed
// knows the keys. That is why the issuer stands on a loopback host and nowhere else.

import { createECDH, createHash, createPrivateKey } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isLoopbackHost } from '../../src/config/parse-address.ts';

const usualIssuer = 'http://localhost:3000';

/** RFC 8410 §7: what stands before the 32 bytes of an Ed25519 key. */
const edPrefix = Buffer.from('302e020100300506032b657004220420', 'hex');

function toBytes(seed: string, use: string): Buffer {
  return createHash('sha256').update(`huwiya/seed/1\n${seed}\n${use}`).digest();
}

function toThumbprint(members: { readonly [name: string]: string | undefined }): string {
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url');
}

function toSigningJwk(seed: string, use: string): object {
  const key = createPrivateKey({ key: Buffer.concat([edPrefix, toBytes(seed, use)]), format: 'der', type: 'pkcs8' });
  const jwk = key.export({ format: 'jwk' });
  const { crv, kty, x } = jwk;
  return { kid: toThumbprint({ crv, kty, x }), alg: 'EdDSA', use: 'sig', ...jwk };
}

/** The public half of a service's key. */
export function toServiceJwk(seed: string, clientId: string): { readonly [name: string]: string } {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(toBytes(seed, `service:${clientId}`));
  const point = curve.getPublicKey();
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')];
  return { kty: 'EC', crv: 'P-256', x, y, kid: toThumbprint({ crv: 'P-256', kty: 'EC', x, y }), alg: 'ES256', use: 'sig' };
}

const toSecret = (seed: string, use: string): string => toBytes(seed, use).toString('base64url');

function toKeyFiles(seed: string): { readonly [name: string]: object } {
  return {
    'receipt-ed25519.json': toSigningJwk(seed, 'receipt'),
    'checkpoint-ed25519.json': toSigningJwk(seed, 'checkpoint'),
    'cookies.json': { keys: [toSecret(seed, 'cookies')] },
    'dpop-nonce.json': { key: toSecret(seed, 'dpop-nonce') },
    'data.json': { encryption: toSecret(seed, 'encryption'), lookup: toSecret(seed, 'lookup') },
  };
}

export type SetupAsked = {
  readonly folder: string;
  readonly seed: string;
  readonly database?: string | undefined;
  /** On a loopback host, with a port: http://localhost:3000 where none is named. */
  readonly issuer?: string | undefined;
};

function refuseElsewhere(issuer: string): void {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  if (url?.protocol !== 'http:' || url.origin !== issuer || url.port === '' || !isLoopbackHost(url.hostname)) {
    throw new RangeError(
      '--issuer takes an address on this machine, with its port, such as http://localhost:3600: everybody knows these keys',
    );
  }
}

/** The settings file. Throws where the folder holds anything, since nothing is ever written over, and where the issuer is not on this machine. */
export function writeOwnSetup({ folder, seed, database, issuer = usualIssuer }: SetupAsked): string {
  refuseElsewhere(issuer);
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new RangeError(`${folder} is not empty: name another folder, or move away what is there`);
  }
  mkdirSync(join(folder, 'keys'), { recursive: true, mode: 0o700 });
  for (const [name, content] of Object.entries(toKeyFiles(seed))) {
    writeFileSync(join(folder, 'keys', name), `${JSON.stringify(content, undefined, 2)}\n`, { flag: 'wx', mode: 0o600 });
  }
  const file = join(folder, 'huwiya.env');
  const settings = [
    `# Made from the seed "${seed}". Nobody in it is real, and its keys are known to whoever knows the seed.`,
    `HUWIYA_ISSUER=${issuer}`,
    `HUWIYA_LISTEN=127.0.0.1:${new URL(issuer).port}`,
    `HUWIYA_DATABASE=${database ?? 'sqlite:./huwiya.db'}`,
    'HUWIYA_KEYS=./keys',
    '# Its services listen nowhere: that a message to one of them found nobody is no news here.',
    'HUWIYA_LOG_LEVEL=error',
  ];
  writeFileSync(file, `${settings.join('\n')}\n`, { flag: 'wx', mode: 0o600 });
  return file;
}
