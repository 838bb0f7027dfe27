// How long a request object may be believed, and what it may not be taken for.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findObjectProblem } from '../../../src/oidc/request-object.ts';

const nowSeconds = 1_795_300_000;
const clientId = 'mol-work-permit';
const good = { client_id: clientId, iat: nowSeconds, nbf: nowSeconds, exp: nowSeconds + 60 };

const look = (claims: Readonly<Record<string, unknown>>, header: Readonly<Record<string, unknown>> = { alg: 'ES256' }): boolean =>
  findObjectProblem({ ...good, ...claims }, header, { clientId, nowSeconds }) === undefined;

describe('a request object', () => {
  test('is believed between nbf and exp, which are at most an hour apart and around now', () => {
    const around = fc.integer({ min: -8000, max: 8000 });
    fc.assert(
      fc.property(around, around, (start, end) => {
        const isRight = start <= 10 && start >= -3600 && end > 0 && end - start <= 3600 && end > start;
        expect(look({ iat: undefined, nbf: nowSeconds + start, exp: nowSeconds + end })).toBe(isRight);
      }),
      {
        examples: [
          [10, 3610],
          [11, 60],
          [-3600, 0],
          [-3600, 1],
          [-3599, 1],
          [0, 3600],
          [0, 3601],
          [0, 0],
        ],
      },
    );
  });

  test('says its times as numbers', () => {
    for (const wrong of [undefined, null, '', String(nowSeconds), [nowSeconds], {}, Number.NaN]) {
      expect([wrong, look({ nbf: wrong }), look({ exp: wrong })]).toEqual([wrong, false, false]);
    }
    expect([look({ iat: undefined }), look({ iat: nowSeconds + 10 }), look({ iat: nowSeconds + 11 }), look({ iat: 'now' })]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test('names its service, and is no client assertion', () => {
    for (const wrong of [undefined, 'moh-clinic', '', [clientId]]) {
      expect([wrong, look({ client_id: wrong })]).toEqual([wrong, false]);
    }
    expect([look({ sub: clientId }), look({ sub: 'somebody' })]).toEqual([false, true]);
  });

  test('is of its own type, or of none', () => {
    for (const typ of [undefined, 'JWT', 'jwt', 'oauth-authz-req+jwt', 'application/oauth-authz-req+jwt', 'OAuth-Authz-Req+JWT']) {
      expect([typ, look({}, { alg: 'ES256', typ })]).toEqual([typ, true]);
    }
    for (const typ of ['dpop+jwt', 'at+jwt', 'logout+jwt', 'client-authentication+jwt', '', null, 1]) {
      expect([typ, look({}, { alg: 'ES256', typ })]).toEqual([typ, false]);
    }
    expect(look({}, { alg: 'ES256', crit: ['b64'], b64: false })).toBe(false);
  });
});
