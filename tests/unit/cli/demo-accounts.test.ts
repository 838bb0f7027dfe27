// Who can be enrolled in the demo world, at its first start and at the next.

import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { printGuide } from '../../../src/cli/demo-guide.ts';
import { inviteDemoOfficers, inviteDemoPeople, loadDemoWorld } from '../../../src/cli/demo-load.ts';
import type { Invited } from '../../../src/cli/demo-load.ts';
import { prepareDemo } from '../../../src/cli/demo-setup.ts';
import { toRegistryDigest } from '../../../src/domain/people/registry-digest.ts';
import { createEvent, createPasskey } from '../../support/store-samples.ts';
import { createInstallation, createUpkeepFolder } from '../../support/upkeep-world.ts';

const place = createUpkeepFolder();

afterAll(() => {
  place.remove();
});

it('officers are named so that both languages read them, and stay the same accounts at the next start', async () => {
  const installation = await createInstallation({ folder: join(place.path, 'demo'), issuer: 'http://localhost:4159' });
  const names = await installation.use(async (parts) => {
    await inviteDemoOfficers(parts, { officersFile: 'examples/demo/officers.jsonl' });
    await inviteDemoOfficers(parts, { officersFile: 'examples/demo/officers.jsonl' });
    return (await parts.storage.staff.listOfficers()).map(({ name }) => name);
  });
  expect(names).toHaveLength(4);
  expect(names).toContain('نورة الشهري · Noura Alshehri');
});

const named = (invited: readonly Invited[]): readonly unknown[] => invited.map(({ passkey, link }) => [passkey, link !== null]);

it('a start makes no link for whoever has a passkey or had one, and tells them nothing', async () => {
  const folder = join(place.path, 'demo-people');
  const installation = await createInstallation({ folder, issuer: 'http://localhost:4159' });
  const prepared = prepareDemo({ folder, port: undefined });
  if (!prepared.ok) {
    throw new Error('the demo was not prepared');
  }
  const setup = prepared.value;
  await installation.use(async (parts) => {
    const { people, passkeys, protection } = parts.storage;
    expect(await loadDemoWorld(parts, setup)).toBe(true);
    const first = await inviteDemoPeople(parts, setup);
    expect(named(first)).toEqual([
      ['none', true],
      ['none', true],
      ['none', true],
    ]);
    const digests = first.map(({ number }) => toRegistryDigest(parts.keys.data.lookup, number ?? ''));
    const found = await Promise.all(digests.map(async (digest) => people.findPersonByRegistry(digest)));
    const [has = '', had = ''] = found.map((person) => person?.id);
    for (const personId of [has, had]) {
      const passkey = createPasskey(personId);
      await passkeys.savePasskey({ passkey, invitationDigest: null, now: 1, event: createEvent('passkey.registered') });
    }
    const ending = { at: 1, events: [], sealSessionEnd: () => createEvent('session.ended') };
    await passkeys.endPasskeys({ personId: had, ids: null, reason: 'removed', keepsOne: false, ...ending });
    const invited = await inviteDemoPeople(parts, setup);
    expect(named(invited)).toEqual([
      ['has', false],
      ['had', false],
      ['none', true],
    ]);
    for (const id of [has, had]) {
      expect((await protection.readNotices(id, { after: null, limit: 9 })).notices.filter(({ kind }) => kind === 'link-made')).toEqual([]);
    }
    let printed = '';
    const out = { isTerminal: false, write: (text: string) => ((printed += text), undefined) };
    printGuide(out, { issuer: parts.config.issuer, setup, people: invited, officers: [] });
    expect(printed.match(/\/enrol\//g)).toHaveLength(1);
    expect(printed).toContain('has a passkey already: sign in with it');
    expect(printed).toContain('had a passkey, which ended: comes back at /recover');
    expect(printed).toMatch(/gets a link by the operator's command, and is told of it: npx huwiya people invite \d+/);
  });
});
