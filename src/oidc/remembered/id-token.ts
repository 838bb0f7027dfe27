// The ID token of an ordinary sign-in (OIDC Core 1.0 §2): who, for whom, since when, how, in which session. No detail of a person is in any.

import type { PublishedKey } from '../../domain/keys/key-ring.ts';
import { lifetimes } from '../lifetimes.ts';
import { LocalSigningKey } from '../local-signing-key.ts';
import type { MaySign } from '../local-signing-key.ts';
import type { CodeSource } from './code-source.ts';

export type IdTokenNeeds = {
  readonly issuer: string;
  /** Of each algorithm the one that signs comes first. */
  readonly signingKeys: readonly PublishedKey[];
  readonly maySign: MaySign;
};

type Told = { readonly clientId: string; readonly subject: string; readonly source: CodeSource; readonly iat: number };

export type IdTokenSigner = (alg: string, told: Told) => Promise<string>;

type Key = { readonly signing: LocalSigningKey; readonly header: string };

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** RFC 7515 §7.1. `has`: whether there is a key for the algorithm. */
export function createIdTokenSigner({ issuer, maySign, signingKeys }: IdTokenNeeds): {
  readonly has: (alg: string) => boolean;
  readonly sign: IdTokenSigner;
} {
  const keys = new Map<string, Key>();
  for (const material of signingKeys) {
    const { alg, kid } = material;
    const known = keys.get(alg) ?? { signing: new LocalSigningKey(material, maySign), header: encode({ alg, kid }) };
    keys.set(alg, known);
  }
  return {
    has: (alg) => keys.has(alg),
    sign: async (alg, { clientId, iat, source, subject }) => {
      const key = keys.get(alg);
      if (key === undefined) {
        throw new TypeError(`no key signs with ${alg}`);
      }
      const { acr, amr, authTime, nonce, sid } = source;
      const claims = {
        sub: subject,
        acr,
        amr,
        auth_time: authTime,
        nonce,
        sid,
        aud: clientId,
        exp: iat + lifetimes.IdToken,
        iat,
        iss: issuer,
      };
      const text = `${key.header}.${encode(claims)}`;
      const signature = await key.signing.sign(Buffer.from(text));
      return `${text}.${Buffer.from(signature).toString('base64url')}`;
    },
  };
}
