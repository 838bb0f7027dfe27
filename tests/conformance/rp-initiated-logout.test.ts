// RP-initiated logout of the OpenID Foundation's certification, static clients.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSuite } from '../support/suite.ts';
import type { Suite } from '../support/suite.ts';
import { logoutModules } from './logout-modules.ts';

describe('oidcc-rp-initiated-logout-certification-test-plan', () => {
  let at: Suite;

  beforeAll(async () => {
    at = await createSuite();
  });

  afterAll(async () => {
    await at.close();
  });

  test.each(Object.entries(logoutModules))('%s', async (_name, run) => {
    await expect(run(at)).resolves.toBeUndefined();
  });
});
