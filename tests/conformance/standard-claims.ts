// The claims of the standard scopes (OIDC Core 1.0 §5.1, §5.4), each with the values that the person of examples/conformance must bring.

import { expect } from 'vitest';

const text: unknown = expect.stringMatching(/./);
const yesOrNo: unknown = expect.any(Boolean);

export const claimsByScope = {
  profile: {
    name: text,
    family_name: text,
    given_name: text,
    middle_name: text,
    nickname: text,
    preferred_username: text,
    profile: expect.stringMatching(/^https:/),
    picture: expect.stringMatching(/^https:/),
    website: expect.stringMatching(/^https:/),
    gender: 'female',
    birthdate: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    zoneinfo: 'Asia/Riyadh',
    locale: text,
    updated_at: expect.any(Number),
  },
  email: { email: expect.stringContaining('@'), email_verified: yesOrNo },
  address: { address: { formatted: text, street_address: text, locality: text, region: text, postal_code: text, country: 'SA' } },
  phone: { phone_number: expect.stringMatching(/^\+\d+$/), phone_number_verified: yesOrNo },
} as const;

export type StandardScope = keyof typeof claimsByScope;

export const standardScopes = ['profile', 'email', 'address', 'phone'] as const satisfies readonly StandardScope[];

/** Everything that these scopes stand for, and nothing that the others do. */
export function expectClaimsOf(scopes: readonly StandardScope[], claims: Readonly<Record<string, unknown>>): void {
  for (const scope of standardScopes) {
    if (scopes.includes(scope)) {
      expect(claims).toMatchObject(claimsByScope[scope]);
    } else {
      expect(Object.keys(claimsByScope[scope]).filter((name) => Object.hasOwn(claims, name))).toEqual([]);
    }
  }
}
