// What the guide for agencies tells a service to do on its way from `standard` to `fapi`, done with the very files that it names.

import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runAgenciesApply } from '../../src/cli/agencies-apply.ts';
import { runAgenciesCheck } from '../../src/cli/agencies-check.ts';
import type { Output } from '../../src/cli/context.ts';
import { toContext } from '../../src/cli/with-parts.ts';
import { prepareDoor } from '../support/certificate-door.ts';
import type { CertificateDoorOfTests } from '../support/certificate-door.ts';
import { startProgram } from '../support/command.ts';
import { findErrorCode, readAnswer } from '../support/case-world.ts';
import { refuse, signIn } from '../support/person-journey.ts';
import { registerMetadata } from '../support/receiver.ts';
import { register } from '../support/recipes/register.ts';
import { stacks } from '../support/recipes/stacks.ts';
import { walkRecipe } from '../support/recipes/walk-recipe.ts';
import { createEnrolled, goThrough, openAccountPage } from '../support/visits.ts';
import { createWorld, findFreePort } from '../support/world.ts';
import type { World } from '../support/world.ts';

const folder = 'examples/fapi-service';

describe('the guide from standard to fapi', () => {
  let world: World;
  let door: CertificateDoorOfTests;
  let port: string;
  let keyFile: string;

  beforeAll(async () => {
    door = await prepareDoor();
    world = await createWorld({ env: door.env });
    port = String(await findFreePort());
    keyFile = join(world.folder, 'fapi-key.pem');
  });

  afterAll(async () => {
    await world.close();
  });

  it('shows code that stands in the example, line by line', () => {
    const guide = readFileSync('docs/guides/agency.md', 'utf8');
    const sections = guide.slice(guide.indexOf('## From standard to fapi'), guide.indexOf('## Hear what people take back'));
    const blocks = [...sections.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code);
    const files = ['fapi-service.ts', 'certificate-service.ts'].map((name) => readFileSync(`${folder}/${name}`, 'utf8'));
    const example = files.join('').replaceAll(/^ +/gm, '');
    expect(blocks.length).toBeGreaterThanOrEqual(6);
    for (const line of blocks.join('').split('\n')) {
      expect(example).toContain(line.trim());
    }
  });

  it('makes a key, registers the service, and signs somebody in with pushed requests and bound tokens', async () => {
    const { stdout } = await (await startProgram([`${folder}/make-key.ts`, keyFile, 'pla-1'], /kid/)).stop();
    const publicKey = stdout.trim();
    expect(publicKey).not.toContain('"d"');
    const file = join(world.folder, 'fapi-service.json');
    const given = readFileSync(`${folder}/agencies.json`, 'utf8').replace('"fill-in"', publicKey).replaceAll(':4180/', `:${port}/`);
    writeFileSync(file, given);
    const printed: string[] = [];
    const out: Output = { isTerminal: false, write: (text) => printed.push(text) };
    expect([await runAgenciesApply({ ...toContext(world, out), err: out }, { file, json: false }), printed.join('')]).toEqual([
      0,
      expect.stringContaining('pla-library'),
    ]);
    const service = await startProgram([`${folder}/fapi-service.ts`], /open http/, {
      ISSUER: world.issuer,
      PORT: port,
      KEY_FILE: keyFile,
    });
    try {
      const traveller = await createEnrolled(world);
      const location = (await fetch(`http://localhost:${port}/`, { redirect: 'manual' })).headers.get('location') ?? '';
      expect([...new URL(location).searchParams.keys()].toSorted()).toEqual(['client_id', 'request_uri']);
      const arrived = await goThrough(traveller, await traveller.agent.get(location), ['age_over_15']);
      expect(await (await fetch(arrived.url)).json()).toMatchObject({ given_name: 'سارة', age_over_15: true });
      // It is told no name of the session, and stands in the person's list of services all the same.
      await openAccountPage(traveller);
      expect((await traveller.agent.get(`${world.issuer}/account/security`)).body).toContain('المكتبة العامة');
      const open = new URL(`${world.issuer}/auth`);
      const callback = `http://localhost:${port}/callback`;
      open.search = new URLSearchParams({
        client_id: 'pla-library',
        response_type: 'code',
        scope: 'openid',
        redirect_uri: callback,
      }).toString();
      const page = await traveller.agent.get(open.href);
      expect([readAnswer(page.url).get('error'), findErrorCode(page)]).toEqual(['invalid_request', undefined]);
    } finally {
      await service.stop();
    }
  });

  it('signs requests and has answers signed, where nothing else is taken from it any more', async () => {
    await registerMetadata(world, 'pla-library', { response_modes: ['jwt'], require_signed_request_object: true });
    const settings = { ISSUER: world.issuer, PORT: port, KEY_FILE: keyFile, SIGNED: 'yes' };
    const service = await startProgram([`${folder}/fapi-service.ts`], /open http/, settings);
    const ask = async (url: string): Promise<Response> => fetch(url, { redirect: 'manual' });
    try {
      const traveller = await createEnrolled(world);
      const begin = async (): Promise<string> => (await ask(`http://localhost:${port}/`)).headers.get('location') ?? '';
      const arrived = await goThrough(traveller, await traveller.agent.get(await begin()), ['age_over_15']);
      expect([...new URL(arrived.url).searchParams.keys()]).toEqual(['response']);
      expect(await (await ask(arrived.url)).json()).toMatchObject({ given_name: 'سارة', age_over_15: true });
      const other = await createEnrolled(world);
      const refused = await refuse(other, await signIn(other, await other.agent.get(await begin())));
      expect(await (await ask(refused.url)).text()).toBe('access_denied');
    } finally {
      await service.stop();
    }
  });

  it('signs somebody in with a certificate in place of the key and of the proofs', async () => {
    const guide = readFileSync('docs/guides/agency.md', 'utf8');
    const [, members = ''] = /```json\n("token_endpoint_auth_method": "tls_client_auth"[^`]*)```/.exec(guide) ?? [];
    const own = door.authority.issue({ subject: { C: 'SA', O: 'Public Libraries Authority', CN: 'library' } });
    const [certificate, key] = [join(world.folder, 'library.pem'), join(world.folder, 'library.key')];
    writeFileSync(certificate, own.certificate);
    writeFileSync(key, own.key);
    const file = join(world.folder, 'certificate-service.json');
    const given = readFileSync(`${folder}/agencies.json`, 'utf8')
      .replace('"token_endpoint_auth_method": "private_key_jwt"', members)
      .replace('"jwks": { "keys": ["fill-in"] },', '')
      .replaceAll(':4180/', `:${port}/`);
    writeFileSync(file, given);
    const printed: string[] = [];
    const out: Output = { isTerminal: false, write: (text) => printed.push(text) };
    const code = await runAgenciesApply({ ...toContext(world, out), err: out }, { file, json: false });
    expect([code, printed.join('')]).toEqual([0, expect.stringContaining('pla-library')]);
    const service = await startProgram([`${folder}/certificate-service.ts`], /open http/, {
      ISSUER: world.issuer,
      PORT: port,
      CERTIFICATE_FILE: certificate,
      KEY_FILE: key,
      NODE_EXTRA_CA_CERTS: door.env['HUWIYA_MTLS_CERT'] ?? '',
    });
    try {
      const traveller = await createEnrolled(world);
      const location = (await fetch(`http://localhost:${port}/`, { redirect: 'manual' })).headers.get('location') ?? '';
      const arrived = await goThrough(traveller, await traveller.agent.get(location), ['age_over_15']);
      expect(await (await fetch(arrived.url)).json()).toMatchObject({ given_name: 'سارة', age_over_15: true });
    } finally {
      await service.stop();
    }
  });
});

describe('the recipes', () => {
  let world: World;

  beforeAll(async () => {
    world = await createWorld();
  });

  afterAll(async () => {
    await world.close();
  });

  it.each(readdirSync('examples/recipes'))(
    'of %s has a page that the guide links, and an entry that the check takes without a remark',
    async (name) => {
      expect(Object.keys(stacks)).toContain(name);
      expect(existsSync(`docs/guides/recipes/${name}.md`)).toBe(true);
      expect(readFileSync('docs/guides/agency.md', 'utf8')).toContain(`(recipes/${name}.md)`);
      const file = join(world.folder, `${name}.json`);
      writeFileSync(
        file,
        readFileSync(`examples/recipes/${name}/agencies.json`, 'utf8').replace('fill-in', randomBytes(32).toString('base64url')),
      );
      const printed: string[] = [];
      const out: Output = { isTerminal: false, write: (text) => printed.push(text) };
      expect([await runAgenciesCheck({ ...toContext(world, out), err: out }, { file, json: false }), printed.join('')]).toEqual([
        0,
        expect.stringContaining('0 warnings'),
      ]);
    },
  );

  it.each(['legacy', 'standard'] as const)('of Node runs in class %s; the others are tried with npm run recipes', async (serviceClass) => {
    const own = await createWorld();
    const folder = mkdtempSync(join(own.folder, 'recipe-'));
    copyFileSync('examples/recipes/node/agencies.json', join(folder, 'agencies.json'));
    const servicePort = await findFreePort();
    const told = await register(own, { folder, port: servicePort, serviceClass });
    const service = await startProgram(['examples/recipes/node/service.ts'], /open http/, {
      ISSUER: own.issuer,
      PORT: String(servicePort),
      ...told,
    });
    try {
      expect(await walkRecipe(own, `http://localhost:${servicePort}`)).toHaveLength(5);
    } finally {
      await service.stop();
      await own.close();
    }
  });
});
