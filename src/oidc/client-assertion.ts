// What every client assertion must be, beyond what the library asks outside FAPI: made for this issuer alone, short-lived, and small (security finding M7).

import { errors } from 'oidc-provider';

/** In which a service may sign who it is. */
export const assertionAlgorithms = ['ES256', 'PS256', 'EdDSA'] as const;

/** In seconds, and characters of `jti`. Whoever explains a refusal reads them here too. */
export const assertionLimits = { lifeSeconds: 300, toleranceSeconds: 10, jtiLength: 128 } as const;

const { jtiLength: maximumJtiLength, lifeSeconds: maximumLifeSeconds, toleranceSeconds } = assertionLimits;

type Claims = Readonly<Record<string, unknown>>;

export function assertClientAssertion(issuer: string, claims: Claims, nowSeconds: number): void {
  const { aud, exp, iat, jti } = claims;
  if (aud !== issuer) {
    throw new errors.InvalidClientAuth('aud must be the issuer, as a string');
  }
  if (typeof iat !== 'number' || iat > nowSeconds + toleranceSeconds) {
    throw new errors.InvalidClientAuth('iat must be present and not in the future');
  }
  if (typeof exp !== 'number' || exp - nowSeconds > maximumLifeSeconds + toleranceSeconds) {
    throw new errors.InvalidClientAuth('exp must be at most 300 seconds ahead');
  }
  if (typeof jti !== 'string' || jti.length > maximumJtiLength) {
    throw new errors.InvalidClientAuth('jti must be at most 128 characters');
  }
}
