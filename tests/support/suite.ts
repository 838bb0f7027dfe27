// The OpenID Foundation's conformance suite as a relying party: its clients are those of examples/conformance, its person acts on our pages, and what comes
// back is checked as the suite checks it, on every way through.

import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { loadFiles, prepareFiles, suiteBase } from './conformance-files.ts';
import { createTraveller, enrol } from './person-journey.ts';
import type { Traveller } from './person-journey.ts';
import { shiftTime } from './shift-time.ts';
import { createWorld } from './world.ts';
import type { World } from './world.ts';

export type ResponseMode = 'query' | 'form_post';

export type SuiteClient = {
  readonly clientId: string;
  readonly secret: string;
  readonly method: 'client_secret_basic' | 'client_secret_post';
  /** Where it registered that answers go. */
  readonly callback: string;
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

/** What one authorization needs of it. */
export type RelyingParty = Pick<Suite, 'issuer' | 'mode' | 'person' | 'client'>;

const clientSchema = z.object({ client_id: z.string(), client_secret: z.string() });
const configurationSchema = z.object({
  server: z.object({ discoveryUrl: z.string(), login_hint: z.string() }),
  client: clientSchema,
  client2: clientSchema,
  client_secret_post: clientSchema,
});

const toClient = (given: z.infer<typeof clientSchema>, method: SuiteClient['method']): SuiteClient => ({
  clientId: given.client_id,
  secret: given.client_secret,
  method,
  callback: `${suiteBase}/callback`,
});

export async function createSuite(mode: ResponseMode = 'query'): Promise<Suite> {
  const world = await createWorld();
  const time = shiftTime();
  const prepared = prepareFiles(world, 'oidc.json');
  const configuration = configurationSchema.parse(prepared.configuration);
  const person = createTraveller(world.issuer);
  await enrol(person, await loadFiles(world, prepared.agencies, 'bilingual'));
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
