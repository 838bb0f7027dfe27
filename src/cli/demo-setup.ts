// What a demo needs on disk: settings and keys of the provider, a key and a secret of the two services, and the agencies file that names them.

import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Checked } from '../config/config.ts';
import { readConfig } from '../config/read-config.ts';
import { writeSetup } from '../config/write-setup.ts';

export type DemoSetup = {
  readonly folder: string;
  readonly settingsFile: string;
  readonly agenciesFile: string;
  readonly peopleFile: string;
  readonly officersFile: string;
  /** Private JWK of the service that signs its assertions. */
  readonly keyFile: string;
  readonly secretFile: string;
  /** What the page of the tour shows. */
  readonly tourFile: string;
  /** Where letters to people become files. */
  readonly mailFolder: string;
  /** Of the provider; the services take the next two. */
  readonly port: number;
};

/** Of the provider, where nothing else is asked for. */
export const defaultPort = 3000;
const world = fileURLToPath(new URL('../../examples/demo/', import.meta.url));

/** Only what a demo writes: the folder may hold other things. */
const written = [
  'huwiya.env',
  'huwiya.db',
  'huwiya.db-wal',
  'huwiya.db-shm',
  'huwiya.log',
  'agencies.json',
  'tour.json',
  'mail',
  'keys',
  'services',
];

/** Whether a demo began here, which then keeps its port. */
export function hasBegun(folder: string): boolean {
  return existsSync(join(folder, 'huwiya.env'));
}

export function removeDemo(folder: string): void {
  written.forEach((name) => rmSync(join(folder, name), { recursive: true, force: true }));
}

export function prepareDemo(asked: { readonly folder: string; readonly port: number | undefined }): Checked<DemoSetup> {
  const { folder } = asked;
  const settingsFile = join(folder, 'huwiya.env');
  if (!hasBegun(folder)) {
    const setup = writeSetup({ issuer: `http://localhost:${asked.port ?? defaultPort}`, folder });
    if (!setup.ok) {
      return setup;
    }
  }
  addMail(settingsFile);
  const port = readPort(settingsFile, asked.port);
  if (!port.ok) {
    return port;
  }
  const keyFile = join(folder, 'services', 'mol-work-permit.jwk.json');
  const secretFile = join(folder, 'services', 'moh-clinic.secret');
  mkdirSync(join(folder, 'services'), { recursive: true, mode: 0o700 });
  writeOnce(keyFile, createServiceKey);
  writeOnce(secretFile, () => randomBytes(32).toString('base64url'));
  const agenciesFile = join(folder, 'agencies.json');
  writeFileSync(agenciesFile, toAgencies({ keyFile, secretFile, port: port.value }), { mode: 0o600 });
  const files = {
    settingsFile,
    agenciesFile,
    peopleFile: join(world, 'people.jsonl'),
    officersFile: join(world, 'officers.jsonl'),
    keyFile,
    secretFile,
    tourFile: join(folder, 'tour.json'),
    mailFolder: join(folder, 'mail'),
  };
  return { ok: true, value: { folder, ...files, port: port.value } };
}

/** People, passkeys and receipts belong to one issuer, so a demo keeps the port with which it began. */
function readPort(settingsFile: string, asked: number | undefined): Checked<number> {
  const config = readConfig({ file: settingsFile, env: {} });
  if (!config.ok) {
    return config;
  }
  const { port } = config.value.listen;
  if (asked === undefined || asked === port) {
    return { ok: true, value: port };
  }
  const fault = {
    setting: '--port',
    problem: `is not ${port}, with which this demo began`,
    fix: 'Leave it out, add --reset, or choose another --dir',
  };
  return { ok: false, faults: [fault] };
}

/** Also to a demo that began before there was mail. What its owner set stays. */
function addMail(settingsFile: string): void {
  if (!readFileSync(settingsFile, 'utf8').includes('HUWIYA_MAIL_')) {
    const lines = ['HUWIYA_MAIL_FOLDER=./mail', 'HUWIYA_MAIL_FROM=notices@huwiya.example', 'HUWIYA_SMS_ADDRESS={number}@sms.example'];
    appendFileSync(settingsFile, `${lines.join('\n')}\n`);
  }
}

function writeOnce(file: string, create: () => string): void {
  if (!existsSync(file)) {
    writeFileSync(file, create(), { flag: 'wx', mode: 0o600 });
  }
}

const keySchema = z.object({ kty: z.string(), crv: z.string(), x: z.string(), y: z.string(), kid: z.string() });

function createServiceKey(): string {
  const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  const kid = createHash('sha256').update(`${jwk.x}.${jwk.y}`).digest('base64url').slice(0, 12);
  return JSON.stringify({ ...jwk, kid });
}

const template = z.looseObject({ agencies: z.array(z.looseObject({ services: z.array(z.looseObject({ client_id: z.string() })) })) });

/** The template of the demo world with what may not be the same on two machines: key, secret, ports. */
function toAgencies(own: { readonly keyFile: string; readonly secretFile: string; readonly port: number }): string {
  const key = keySchema.parse(JSON.parse(readFileSync(own.keyFile, 'utf8')));
  const filled: Readonly<Record<string, object>> = {
    'mol-work-permit': { jwks: { keys: [{ ...key, alg: 'ES256', use: 'sig' }] } },
    'moh-clinic': { client_secret: readFileSync(own.secretFile, 'utf8') },
  };
  const { agencies } = template.parse(JSON.parse(readFileSync(join(world, 'agencies.json'), 'utf8')));
  const completed = agencies.map((agency) => ({
    ...agency,
    services: agency.services.map((service) => ({ ...service, ...filled[service.client_id] })),
  }));
  const text = JSON.stringify({ agencies: completed }, undefined, 2);
  return `${text.replaceAll(/http:\/\/localhost:300([12])(?=\/)/g, (_, place: string) => `http://localhost:${own.port + Number(place)}`)}\n`;
}
