// From our pages to a service, which begins a sign-in by itself (third-party-initiated login, OpenID Connect Core 1.0 §4).

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkServiceFile, servicePath, toPaths } from '../support/sample-proposal.ts';
import { setServiceStatus, whileRegistered } from '../support/change-standing.ts';
import { startProgram } from '../support/command.ts';
import { createTraveller } from '../support/person-journey.ts';
import { clinicSecret } from '../support/sample-services.ts';
import { createEnrolled, createRequest, findStep, goThrough, openAccountPage, visit } from '../support/visits.ts';
import { createWorld, findFreePort } from '../support/world.ts';
import type { World } from '../support/world.ts';

const begin = 'http://localhost:3001/begin?tenant=1';

describe('opening a service from our pages', () => {
  let world: World;

  beforeAll(async () => {
    world = await createWorld();
  });

  afterAll(async () => {
    await world.close();
  });

  const readDoors = (body: string): readonly string[] =>
    [...body.matchAll(/<a href="([^"]*)" data-action="open-service"/g)].map(([, url = '']) => url.replaceAll('&amp;', '&'));

  it('is a plain link to the registered address with our issuer, on both pages of a service and in the list of a person', async () => {
    const traveller = await createEnrolled(world);
    await visit(traveller, 'permit');
    await whileRegistered(world, { place: 'permit', more: { initiate_login_uri: begin } }, async () => {
      const pages = [
        await openAccountPage(traveller),
        await traveller.agent.get(`${world.issuer}/account/services/mol-work-permit?target_link_uri=http://evil.tld/&iss=x`),
        await createTraveller(world.issuer).agent.get(`${world.issuer}/services/mol-work-permit?initiate_login_uri=http://evil.tld/`),
      ];
      for (const { body } of pages) {
        expect(readDoors(body)).toEqual([`${begin}&iss=${encodeURIComponent(world.issuer)}`]);
      }
      const [door = ''] = readDoors(pages[0]?.body ?? '');
      expect(new URL(door).searchParams.get('iss')).toBe(world.issuer);
      // What the service does then: an ordinary request to the issuer that it was told, and knows.
      const page = await traveller.agent.get(createRequest(world.issuer, 'permit').url);
      expect(findStep(page)).not.toBe('sign-in');
      expect((await goThrough(traveller, page)).url).toContain('code=');
    });
  });

  it('is offered for no service that did not register it, and for none that is not open', async () => {
    const reader = createTraveller(world.issuer);
    const page = `${world.issuer}/services/mol-work-permit`;
    expect(readDoors((await reader.agent.get(page)).body)).toEqual([]);
    await whileRegistered(world, { place: 'permit', more: { initiate_login_uri: begin } }, async () => {
      await setServiceStatus(world, 'permit', 'suspended');
      expect(readDoors((await reader.agent.get(page)).body)).toEqual([]);
      await setServiceStatus(world, 'permit', 'active');
    });
  });

  it('leads also to what the agency says about details, in the language of the page where it is registered for it', async () => {
    const more = {
      policy_uri: 'https://mol.example/privacy',
      'policy_uri#ar': 'https://mol.example/ar/privacy',
      'tos_uri#en': 'https://mol.example/en/terms',
    };
    await whileRegistered(world, { place: 'permit', more }, async () => {
      const read = async (language: string): Promise<string> =>
        (await createTraveller(world.issuer).agent.get(`${world.issuer}/services/mol-work-permit?lang=${language}`)).body;
      const [arabic, english] = [await read('ar'), await read('en')];
      expect([arabic.includes('href="https://mol.example/ar/privacy"'), arabic.includes('/en/terms')]).toEqual([true, false]);
      expect([english.includes('href="https://mol.example/privacy"'), english.includes('/en/terms')]).toEqual([true, true]);
    });
  });

  it('begins a visit at a service of the demo where our issuer sends somebody, and where no other does', async () => {
    const port = String(await findFreePort());
    const secretFile = join(world.folder, 'clinic-secret');
    writeFileSync(secretFile, clinicSecret);
    const env = { ISSUER: world.issuer, CLIENT_ID: 'moh-clinic', PORT: port, CLIENT_SECRET_FILE: secretFile };
    const service = await startProgram(['examples/relying-party.ts'], /http:/, env);
    try {
      const arriveFrom = async (iss: string): Promise<string> => {
        const own = `http://localhost:${port}`;
        const answered = await fetch(`${own}/sign-in?${new URLSearchParams({ iss }).toString()}`, { redirect: 'manual' });
        return new URL(answered.headers.get('location') ?? '', own).href;
      };
      expect(await arriveFrom(world.issuer)).toMatch(new RegExp(`^${world.issuer}/auth\\?`));
      for (const other of ['https://evil.example', `${world.issuer}.evil.example`, '']) {
        expect(await arriveFrom(other)).toBe(`http://localhost:${port}/`);
      }
    } finally {
      await service.stop();
    }
  });

  it('is registered in a file, each address exactly and by https', () => {
    const good = {
      initiate_login_uri: 'https://permits.mol.example/begin',
      'client_uri#ar': 'https://permits.mol.example/ar',
      'policy_uri#en': 'https://permits.mol.example/en/privacy',
    };
    expect(checkServiceFile(good)).toEqual([]);
    for (const member of ['initiate_login_uri', 'client_uri#ar', 'policy_uri#en', 'tos_uri#ar']) {
      expect(toPaths(checkServiceFile({ ...good, [member]: 'http://permits.mol.example/x' }))).toContain(`${servicePath}.${member}`);
      expect(toPaths(checkServiceFile({ ...good, [member]: 'javascript:alert(1)' }))).toContain(`${servicePath}.${member}`);
    }
    expect(checkServiceFile({ 'client_uri#fr': 'https://permits.mol.example/' })).not.toEqual([]);
  });
});
