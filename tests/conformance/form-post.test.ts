// The Form Post Basic plan: the modules of Basic, each answer posted by a page by itself.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSuite } from '../support/suite.ts';
import type { Suite } from '../support/suite.ts';
import { basicModules } from './basic-modules.ts';

describe('oidcc-formpost-basic-certification-test-plan', () => {
  let at: Suite;

  beforeAll(async () => {
    at = await createSuite('form_post');
  });

  afterAll(async () => {
    await at.close();
  });

  test.each(Object.entries(basicModules))('%s', async (_name, run) => {
    await expect(run(at)).resolves.toBeUndefined();
  });
});
