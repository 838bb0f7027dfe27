// A provider, two services and people, made with the commands an operator has and nothing else.

import { generateKeyPairSync, randomBytes, randomInt } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand, startCommand, startProgram } from './command.ts';
import type { Ended, Running } from './command.ts';

export type RealWorld = {
  readonly issuer: string;
  readonly permitUrl: string;
  readonly clinicUrl: string;
  readonly folder: string;
  readonly settingsFile: string;
  /** What the main process has said so far: of a demo, its guide. */
  readonly readPrinted: () => string;
  /** `huwiya ARGS --config FILE` */
  readonly run: (...args: readonly string[]) => Promise<Ended>;
  readonly invite: (id: string) => Promise<string>;
  readonly inviteOfficer: (role: string) => Promise<string>;
  /** Ends what serves the provider; the folder stays. */
  readonly stop: (signal: 'SIGTERM' | 'SIGINT') => Promise<Ended>;
  readonly close: () => Promise<void>;
};

const project = fileURLToPath(new URL('../../', import.meta.url));
const people = join(project, 'examples', 'demo', 'people.jsonl');
const service = join(project, 'examples', 'relying-party.ts');

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** The first of three free ports in a row. */
export async function findFreePorts(): Promise<number> {
  for (;;) {
    const first = randomInt(20_000, 30_000);
    const free = await Promise.all([first, first + 1, first + 2].map(isFree));
    if (free.every(Boolean)) {
      return first;
    }
  }
}

async function mustRun(...args: readonly string[]): Promise<Ended> {
  const ended = await runCommand(args);
  if (ended.code !== 0) {
    throw new Error(`huwiya ${args.join(' ')} ended with ${ended.code}: ${ended.stdout}${ended.stderr}`);
  }
  return ended;
}

type Files = { readonly agencies: string; readonly key: string; readonly secret: string };

/** What the two agencies hand in, with keys of their own. */
function writeAgencies(folder: string, port: number): Files {
  const jwk = { ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }), kid: 'mol-1' };
  const { d: _private, ...publicJwk } = jwk;
  const secret = randomBytes(32).toString('base64url');
  const files = { agencies: join(folder, 'agencies.json'), key: join(folder, 'mol.jwk.json'), secret: join(folder, 'moh.secret') };
  writeFileSync(files.key, JSON.stringify(jwk));
  writeFileSync(files.secret, secret);
  const template = readFileSync(join(project, 'examples', 'demo', 'agencies.json'), 'utf8')
    .replaceAll('localhost:3001/', `localhost:${port + 1}/`)
    .replaceAll('localhost:3002/', `localhost:${port + 2}/`)
    .replace('"sector": "mol"', `"sector": "mol", "jwks": ${JSON.stringify({ keys: [{ ...publicJwk, alg: 'ES256', use: 'sig' }] })}`)
    .replace('"sector": "moh"', `"sector": "moh", "client_secret": "${secret}"`);
  writeFileSync(files.agencies, template);
  return files;
}

async function startServices(issuer: string, port: number, files: Files): Promise<readonly Running[]> {
  const known = { ISSUER: issuer, AGENCIES_FILE: files.agencies };
  return Promise.all([
    startProgram([service], /localhost/, { ...known, CLIENT_ID: 'mol-work-permit', PORT: String(port + 1), CLIENT_KEY_FILE: files.key }),
    startProgram([service], /localhost/, { ...known, CLIENT_ID: 'moh-clinic', PORT: String(port + 2), CLIENT_SECRET_FILE: files.secret }),
  ]);
}

function readLink({ stdout }: Ended): string {
  const invitation: unknown = JSON.parse(stdout);
  if (typeof invitation === 'object' && invitation !== null && 'url' in invitation) {
    return String(invitation.url);
  }
  throw new Error('the command printed no link');
}

type Made = { readonly folder: string; readonly port: number; readonly main: Running; readonly services: readonly Running[] };

function toWorld({ folder, port, main, services }: Made): RealWorld {
  const settingsFile = join(folder, 'huwiya.env');
  return {
    issuer: `http://localhost:${port}`,
    permitUrl: `http://localhost:${port + 1}`,
    clinicUrl: `http://localhost:${port + 2}`,
    folder,
    settingsFile,
    readPrinted: () => main.texts.stdout,
    run: async (...args) => runCommand([...args, '--config', settingsFile]),
    invite: async (id) => readLink(await mustRun('people', 'invite', id, '--json', '--config', settingsFile)),
    inviteOfficer: async (role) =>
      readLink(await mustRun('officers', 'invite', '--role', role, '--name', 'Huda Alharbi', '--json', '--config', settingsFile)),
    stop: async (signal) => main.stop(signal),
    close: async () => {
      await Promise.all([...services, main].map(async (one) => one.stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** setup, migrate, agencies apply, people import, serve: one command after the other. */
export async function createRealWorld(): Promise<RealWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'huwiya-real-'));
  const port = await findFreePorts();
  const settings = ['--config', join(folder, 'huwiya.env')];
  await mustRun('setup', '--issuer', `http://localhost:${port}`, '--dir', folder);
  appendFileSync(join(folder, 'huwiya.env'), 'HUWIYA_MAIL_FOLDER=./mail\nHUWIYA_MAIL_FROM=notices@huwiya.example\n');
  await mustRun('migrate', ...settings);
  const node = await startCommand(['serve', ...settings], /Huwiya answers/);
  const files = writeAgencies(folder, port);
  await mustRun('agencies', 'apply', files.agencies, ...settings);
  await mustRun('people', 'import', people, ...settings);
  const services = await startServices(`http://localhost:${port}`, port, files);
  return toWorld({ folder, port, main: node, services });
}

/** Settings of another provider, which a demo must not touch. */
const foreign = { HUWIYA_ISSUER: 'https://id.example.gov', HUWIYA_DATABASE: 'sqlite:/nowhere/huwiya.db', HUWIYA_KEYS: '/nowhere/keys' };

/** What `npm start` gives, also where a real provider is configured. */
export async function createDemoWorld(): Promise<RealWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'huwiya-demo-'));
  const port = await findFreePorts();
  const demo = await startCommand(['demo', '--dir', folder, '--port', String(port)], /Ctrl-C/, foreign);
  return toWorld({ folder, port, main: demo, services: [] });
}
