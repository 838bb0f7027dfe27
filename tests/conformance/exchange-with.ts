// A fault at the token endpoint, and the proof that nothing but the fault was refused.

import { expect } from 'vitest';
import type { Answer } from '../support/fapi-client.ts';
import { authorize, exchange } from '../support/fapi-world.ts';
import type { Side, TokenParts } from '../support/fapi-world.ts';

/** A fault at the exchange of a good code, which is of use afterwards all the same. */
export async function exchangeWith(side: Side, parts: TokenParts): Promise<Answer> {
  const authorized = await authorize(side);
  const answer = await exchange(side, authorized, parts);
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  expect(String(answer.body['error_description'])).not.toMatch(/[\r\n\t]/);
  expect((await exchange(side, authorized)).status).toBe(200);
  return answer;
}
