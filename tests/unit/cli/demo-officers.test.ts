// The officers of the demo world, as the desks name them.

import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { inviteDemoOfficers } from '../../../src/cli/demo-load.ts';
import { createInstallation, createUpkeepFolder } from '../../support/upkeep-world.ts';

const place = createUpkeepFolder();

afterAll(() => {
  place.remove();
});

it('are named so that both languages read them, and stay the same accounts at the next start', async () => {
  const installation = await createInstallation({ folder: join(place.path, 'demo'), issuer: 'http://localhost:4159' });
  const names = await installation.use(async (parts) => {
    await inviteDemoOfficers(parts, { officersFile: 'examples/demo/officers.jsonl' });
    await inviteDemoOfficers(parts, { officersFile: 'examples/demo/officers.jsonl' });
    return (await parts.storage.staff.listOfficers()).map(({ name }) => name);
  });
  expect(names).toHaveLength(3);
  expect(names).toContain('نورة الشهري · Noura Alshehri');
});
