// The Config plan of the OpenID Foundation's certification: a provider under https, as it stands behind a proxy.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendRaw, toObject } from '../support/raw-request.ts';
import { createWorld, findFreePort } from '../support/world.ts';
import type { World } from '../support/world.ts';
import { configModules } from './config-modules.ts';
import type { Provider } from './config-modules.ts';

const issuer = 'https://id.example.gov';

describe('oidcc-config-certification-test-plan', () => {
  let world: World;
  let provider: Provider;

  beforeAll(async () => {
    const port = await findFreePort();
    world = await createWorld({ issuer, env: { HUWIYA_LISTEN: `127.0.0.1:${port}`, HUWIYA_TRUSTED_HOPS: '1' } });
    const headers = { host: new URL(issuer).host, 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.1' };
    const read: Provider['read'] = async (path) => {
      const answer = await sendRaw({ port, path, headers });
      return { status: answer.status, type: answer.headers['content-type'] ?? '', body: toObject(answer.body) };
    };
    provider = { issuer, read };
  });

  afterAll(async () => {
    await world.close();
  });

  test.each(Object.entries(configModules))('%s', async (_name, run) => {
    await expect(run(provider)).resolves.toBeUndefined();
  });
});
