// By what a code or token says of its level.

import { expect, test } from 'vitest';
import { levelNames } from '../../../src/domain/kernel/levels.ts';
import { isEveryHigh } from '../../../src/oidc/used-passkey.ts';

const high = { acr: levelNames.high };

test('a Grant is asked for at high where every code and token says so, and not where there is none', () => {
  expect([isEveryHigh([high]), isEveryHigh([high, { extra: high }])]).toEqual([true, true]);
  expect([
    isEveryHigh([]),
    isEveryHigh([high, undefined]),
    isEveryHigh([high, {}]),
    isEveryHigh([{ acr: levelNames.substantial }]),
  ]).toEqual([false, false, false, false]);
});
