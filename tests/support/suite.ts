// The OpenID Foundation's conformance suite as a relying party: its clients are those of examples/conformance, its person acts on our pages, and what comes
// back is checked as the suite checks it, on every way through.

import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { createFillIn } from '../../examples/conformance/fill-in.ts';
import { runAgenciesApply } from '../../src/cli/agencies-apply.ts';
import type { Output } from '../../src/cli/context.ts';
import { runPeopleImport } from '../../src/cli/people-import.ts';
import { runPeopleInvite } from '../../src/cli/people-invite.ts';
import { toContext } from '../../src/cli/with-parts.ts';
import { createTraveller, enrol } from './person-journey.ts';
import type { Traveller } from './person-journey.ts';
import { shiftTime } from './shift-time.ts';
import { createWorld } from './world.ts';
import type { World } from './world.ts';

const examples = fileURLToPath(new URL('../../examples/conformance/', import.meta.url));

/** Nothing listens there: a browser of these tests stops at the first address outside the provider. */
const suite = 'https://localhost.emobix.co.uk:8443';
const alias = 'huwiya';
export const suiteBase = `${suite}/test/a/${alias}`;

export type ResponseMode = 'query' | 'form_post';

export type SuiteClient = {
  readonly clientId: string;
  readonly secret: string;
  readonly method: 'client_secret_basic' | 'client_secret_post';
};

export type Suite = {
  readonly world: World;
  readonly issuer: string;
  readonly mode: ResponseMode;
  /** The browser that is signed in from the first module on, and the person who holds its passkey. */
  readonly person: Traveller;
  readonly client: SuiteClient;
  readonly client2: SuiteClient;
  readonly clientSecretPost: SuiteClient;
  /** For the hint of a login. */
  readonly loginHint: string;
  /** Time passes for everything in this process, and does not go back before the end. */
  readonly pass: (milliseconds: number) => void;
  readonly close: () => Promise<void>;
};

const clientSchema = z.object({ client_id: z.string(), client_secret: z.string() });
const configurationSchema = z.object({
  server: z.object({ discoveryUrl: z.string(), login_hint: z.string() }),
  client: clientSchema,
  client2: clientSchema,
  client_secret_post: clientSchema,
});

type Configuration = z.infer<typeof configurationSchema>;

/** Both sides as an operator prepares them. */
function prepare(world: World): { readonly agencies: string; readonly configuration: Configuration } {
  const fillIn = createFillIn({ suite, alias, issuer: world.issuer });
  const folder = join(world.folder, 'conformance');
  mkdirSync(folder, { recursive: true });
  const agencies = join(folder, 'agencies.json');
  writeFileSync(agencies, fillIn(readFileSync(join(examples, 'agencies.json'), 'utf8')));
  const configuration = configurationSchema.parse(JSON.parse(fillIn(readFileSync(join(examples, 'oidc.json'), 'utf8'))));
  return { agencies, configuration };
}

/** Runs the product's own commands on the open database of the world. */
async function load(world: World, agencies: string): Promise<string> {
  const printed: string[] = [];
  const out: Output = { isTerminal: false, write: (text) => printed.push(text) };
  const context = { ...toContext(world, out), err: out };
  const [person = ''] = readFileSync(join(examples, 'people.jsonl'), 'utf8').split('\n');
  const { id } = z.object({ id: z.string() }).parse(JSON.parse(person));
  const codes = [
    await runAgenciesApply(context, { file: agencies, json: false }),
    await runPeopleImport(context, { file: join(examples, 'people.jsonl'), json: false }),
    await runPeopleInvite(context, { id, json: false }),
  ];
  const link = printed.join('').match(/http\S+\/enrol\/\S+/)?.[0];
  if (codes.some((code) => code !== 0) || link === undefined) {
    throw new Error(`the files of examples/conformance were refused: ${printed.join('')}`);
  }
  return link;
}

const toClient = (given: z.infer<typeof clientSchema>, method: SuiteClient['method']): SuiteClient => ({
  clientId: given.client_id,
  secret: given.client_secret,
  method,
});

export async function createSuite(mode: ResponseMode = 'query'): Promise<Suite> {
  const world = await createWorld();
  const time = shiftTime();
  const { agencies, configuration } = prepare(world);
  const person = createTraveller(world.issuer);
  await enrol(person, await load(world, agencies));
  return {
    world,
    issuer: world.issuer,
    mode,
    person,
    client: toClient(configuration.client, 'client_secret_basic'),
    client2: toClient(configuration.client2, 'client_secret_basic'),
    clientSecretPost: toClient(configuration.client_secret_post, 'client_secret_post'),
    loginHint: configuration.server.login_hint,
    pass: time.advance,
    close: async () => {
      time.restore();
      await world.close();
    },
  };
}

/** The same person at a browser without cookies. */
export const withFreshBrowser = (at: Suite): Suite => ({ ...at, person: createTraveller(at.issuer, at.person.authenticator) });

export const createRandom = (length = 32): string => randomBytes(length).toString('base64url').slice(0, length);
