// The way of the guide, with the commands as they are typed: prepare both sides, load the services and the people, enrol, and sign in as the suite will.

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { runCommand, startCommand } from '../support/command.ts';
import type { Ended, Running } from '../support/command.ts';
import { createTraveller, enrol } from '../support/person-journey.ts';
import { createRequest, exchange, follow, readUserInfo, toUrl } from '../support/suite-flow.ts';
import { findFreePort } from '../support/world.ts';
import { expectClaimsOf, standardScopes } from './standard-claims.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));
const examples = join(project, 'examples', 'conformance');
const runFile = promisify(execFile);

const suiteSchema = z.object({
  alias: z.literal('another'),
  server: z.object({ discoveryUrl: z.string() }),
  client: z.object({ client_id: z.string(), client_secret: z.string() }),
});
const linkSchema = z.object({ url: z.string() });

let folder: string;
let issuer: string;
let node: Running;

const run = async (...args: readonly string[]): Promise<Ended> => {
  const ended = await runCommand([...args, '--config', join(folder, 'provider', 'huwiya.env')]);
  expect([args[0], ended.code, ended.stderr.includes('refusal')]).toEqual([args[0], 0, false]);
  return ended;
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'huwiya-conformance-'));
  issuer = `http://localhost:${await findFreePort()}`;
  await runCommand(['setup', '--issuer', issuer, '--dir', join(folder, 'provider')]);
  await run('migrate');
  node = await startCommand(['serve', '--config', join(folder, 'provider', 'huwiya.env')], /Huwiya answers/);
});

afterAll(async () => {
  await node.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('the files of the guide are taken as they are, and the person in them brings every standard claim', async () => {
  const dir = join(folder, 'run');
  const places = ['--issuer', issuer, '--suite', 'https://suite.example:8443', '--alias', 'another', '--dir', dir];
  await runFile(process.execPath, [join(examples, 'prepare.ts'), ...places]);
  expect(statSync(join(dir, 'agencies.json')).mode & 0o077).toBe(0);
  await run('agencies', 'apply', join(dir, 'agencies.json'));
  await run('people', 'import', join(examples, 'people.jsonl'));
  const configuration = suiteSchema.parse(JSON.parse(readFileSync(join(dir, 'oidc.json'), 'utf8')));
  expect(configuration.server.discoveryUrl).toBe(`${issuer}/.well-known/openid-configuration`);
  const [client] = [configuration.client].map((given) => ({
    clientId: given.client_id,
    secret: given.client_secret,
    method: 'client_secret_basic' as const,
    callback: 'https://suite.example:8443/test/a/another/callback',
  }));
  if (client === undefined) {
    throw new Error('the configuration names no client');
  }
  for (const id of ['1000000099', '1000000107']) {
    const person = createTraveller(issuer);
    await enrol(person, linkSchema.parse(JSON.parse((await run('people', 'invite', id, '--json')).stdout)).url);
    const at = { issuer, mode: 'query', person, client } as const;
    const request = createRequest(at, { scope: ['openid', ...standardScopes].join(' ') });
    const signedIn = await exchange(at, await follow(at, request, await person.agent.get(toUrl(at, request))));
    expectClaimsOf(standardScopes, await readUserInfo(at, signedIn));
  }
});
