// What every client assertion must be, beyond what the library asks outside FAPI: made for this issuer alone, short-lived, and small (security finding M7).

import { errors } from 'oidc-provider';

/** In which a service may sign who it is. */
export const assertionAlgorithms = ['ES256', 'PS256', 'EdDSA'] as const;

/** In seconds, and characters of `jti`. Whoever explains a refusal reads them here too. */
export const assertionLimits = { lifeSeconds: 300, toleranceSeconds: 10, jtiLength: 128 } as const;

const { jtiLength, lifeSeconds, toleranceSeconds } = assertionLimits;

type Claims = Readonly<Record<string, unknown>>;

export type AssertionAsked = { readonly issuer: string; readonly nowSeconds: number };

type Rule = {
  readonly member: 'aud' | 'iat' | 'exp' | 'jti';
  readonly words: string;
  readonly holds: (claims: Claims, asked: AssertionAsked) => boolean;
};

const rules: readonly Rule[] = [
  { member: 'aud', words: 'aud must be the issuer, as a string', holds: ({ aud }, { issuer }) => aud === issuer },
  {
    member: 'iat',
    words: 'iat must be present and not in the future',
    holds: ({ iat }, { nowSeconds }) => typeof iat === 'number' && iat <= nowSeconds + toleranceSeconds,
  },
  {
    member: 'exp',
    words: `exp must be at most ${lifeSeconds} seconds ahead`,
    holds: ({ exp }, { nowSeconds }) => typeof exp === 'number' && exp - nowSeconds <= lifeSeconds + toleranceSeconds,
  },
  {
    member: 'jti',
    words: `jti must be at most ${jtiLength} characters`,
    holds: ({ jti }) => typeof jti === 'string' && jti.length <= jtiLength,
  },
];

/** The first of our own rules that it breaks. The library looks at the others: the signature, the algorithm, `iss`, `sub`, and that it has not run out. */
export function findBrokenRule(claims: Claims, asked: AssertionAsked): Pick<Rule, 'member' | 'words'> | undefined {
  return rules.find(({ holds }) => !holds(claims, asked));
}

export function assertClientAssertion(issuer: string, claims: Claims, nowSeconds: number): void {
  const broken = findBrokenRule(claims, { issuer, nowSeconds });
  if (broken !== undefined) {
    throw new errors.InvalidClientAuth(broken.words);
  }
}
