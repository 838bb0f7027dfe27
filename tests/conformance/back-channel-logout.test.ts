// Back-channel logout of the OpenID Foundation's certification, static clients.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSuite } from '../support/suite.ts';
import type { Suite } from '../support/suite.ts';
import { backChannelModules } from './logout-modules.ts';

describe('oidcc-backchannel-rp-initiated-logout-certification-test-plan', () => {
  let at: Suite;

  beforeAll(async () => {
    at = await createSuite();
  });

  afterAll(async () => {
    await at.close();
  });

  test.each(Object.entries(backChannelModules))('%s', async (_name, run) => {
    await expect(run(at)).resolves.toBeUndefined();
  });
});
