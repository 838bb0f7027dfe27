// Signs with node:crypto on the calling thread: handing the hash to WebCrypto's thread pool costs more than the signature itself.

import { createPublicKey, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { ExternalSigningKey } from 'oidc-provider';

export type SigningKeyMaterial = { readonly kid: string; readonly alg: 'ES256' | 'RS256'; readonly privateKey: KeyObject };

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

export class LocalSigningKey extends ExternalSigningKey {
  readonly #material: SigningKeyMaterial;
  readonly #publicKey: KeyObject;

  constructor(material: SigningKeyMaterial) {
    super();
    this.#material = material;
    this.#publicKey = createPublicKey(material.privateKey);
  }

  override get kid(): string {
    return this.#material.kid;
  }

  override get alg(): string {
    return this.#material.alg;
  }

  override keyObject(): KeyObject {
    return this.#publicKey;
  }

  override sign(data: Uint8Array): Uint8Array {
    const signature = sign('sha256', data, this.#material.privateKey);
    return this.#material.alg === 'ES256' ? toRawSignature(signature) : signature;
  }
}
