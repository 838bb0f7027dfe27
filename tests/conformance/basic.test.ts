// The Basic plan of the OpenID Foundation's certification, static clients.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSuite } from '../support/suite.ts';
import type { Suite } from '../support/suite.ts';
import { basicModules } from './basic-modules.ts';

describe('oidcc-basic-certification-test-plan', () => {
  let at: Suite;

  beforeAll(async () => {
    at = await createSuite('query');
  });

  afterAll(async () => {
    await at.close();
  });

  test.each(Object.entries(basicModules))('%s', async (_name, run) => {
    await expect(run(at)).resolves.toBeUndefined();
  });
});
