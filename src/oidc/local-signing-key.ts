// Signs with node:crypto on the calling thread: handing the hash to WebCrypto's thread pool costs more than the signature itself.

import { constants, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { ExternalSigningKey } from 'oidc-provider';
import type { PublishedKey } from '../domain/keys/key-ring.ts';
import { Fault } from '../domain/kernel/errors.ts';

/** Asked at each signature: a request may take longer than its key. */
export type MaySign = (kid: string) => boolean | Promise<boolean>;

function signWith(alg: PublishedKey['alg'], key: KeyObject, data: Uint8Array): Uint8Array {
  switch (alg) {
    case 'ES256':
      return toRawSignature(sign('sha256', data, key));
    case 'PS256':
      // RFC 7518 §3.5: the salt is as long as the hash.
      return sign('sha256', data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST });
    case 'RS256':
      return sign('sha256', data, key);
  }
}

/** An uncompressed DER ECDSA signature of P-256 as r ‖ s (RFC 7518 §3.4). */
function toRawSignature(der: Buffer): Buffer {
  const raw = Buffer.alloc(64);
  const sizeR = der.readUInt8(3);
  const r = der.subarray(4, 4 + sizeR);
  const s = der.subarray(6 + sizeR);
  const trimmedR = r.subarray(Math.max(0, r.length - 32));
  const trimmedS = s.subarray(Math.max(0, s.length - 32));
  trimmedR.copy(raw, 32 - trimmedR.length);
  trimmedS.copy(raw, 64 - trimmedS.length);
  return raw;
}

/** Published keys that sign nothing, because they wait or have ended, are among them: services need their public halves. */
export class LocalSigningKey extends ExternalSigningKey {
  readonly #material: PublishedKey;
  readonly #maySign: MaySign;

  constructor(material: PublishedKey, maySign: MaySign) {
    super();
    this.#material = material;
    this.#maySign = maySign;
  }

  override get kid(): string {
    return this.#material.kid;
  }

  override get alg(): string {
    return this.#material.alg;
  }

  override keyObject(): KeyObject {
    return this.#material.publicKey;
  }

  override sign(data: Uint8Array): Uint8Array | Promise<Uint8Array> {
    const answer = this.#maySign(this.kid);
    return typeof answer === 'boolean' ? this.#signIf(answer, data) : answer.then((allowed) => this.#signIf(allowed, data));
  }

  #signIf(isAllowed: boolean, data: Uint8Array): Uint8Array {
    const { alg, kid, privateKey } = this.#material;
    if (!isAllowed || privateKey === null) {
      throw new Fault('key/not-signing', `the key ${kid} does not sign`);
    }
    return signWith(alg, privateKey, data);
  }
}
