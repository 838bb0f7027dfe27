// What every case of an attack starts from: the running product, a person who is enrolled, and a count of everything that an attack must not add to.

import { openWorldDatabase } from './open-database.ts';
import type { OpenDatabase } from './open-database.ts';
import type { Traveller } from './person-journey.ts';
import { createRequest, createEnrolled } from './visits.ts';
import type { Place } from './visits.ts';
import type { Answered } from './user-agent.ts';
import { createWorld } from './world.ts';
import type { World } from './world.ts';

export type Watch = {
  readonly database: OpenDatabase;
  /** Runs `work` and fails when it added, used up or ended anything: consents, codes, tokens, passkeys, links, entries. */
  readonly changesNothing: <T>(work: () => Promise<T>) => Promise<T>;
  readonly close: () => void;
};

export type CaseWorld = Pick<Watch, 'database' | 'changesNothing'> & {
  readonly world: World;
  readonly issuer: string;
  readonly newPerson: () => Promise<Traveller>;
  readonly close: () => Promise<void>;
};

const evidence: Readonly<Record<string, string>> = {
  consents: 'SELECT count(*) AS n FROM consents',
  versions: 'SELECT count(*) AS n FROM consent_versions',
  entries: 'SELECT count(*) AS n FROM entries',
  passkeys: 'SELECT count(*) AS n FROM passkeys',
  'used links': 'SELECT count(*) AS n FROM invitations WHERE used_at IS NOT NULL',
  'codes and tokens':
    "SELECT count(*) AS n FROM artefacts WHERE model IN ('AuthorizationCode', 'AccessToken', 'RefreshToken', 'ClientCredentials')",
  used: "SELECT count(*) AS n FROM artefacts WHERE model <> 'Interaction' AND (consumed_at IS NOT NULL OR ended_at IS NOT NULL)",
  signed: 'SELECT count(*) AS n FROM sessions WHERE person_id IS NOT NULL AND ended_at IS NULL',
  'ended tokens': 'SELECT count(*) AS n FROM ended_tokens',
};

export function watchWorld(world: World): Watch {
  const database = openWorldDatabase(world);
  const look = (): string =>
    Object.entries(evidence)
      .map(([name, query]) => `${name} ${String(database.rows(query)[0]?.['n'])}`)
      .join(', ');
  return {
    database,
    changesNothing: async (work) => {
      const before = look();
      const result = await work();
      const after = look();
      if (after !== before) {
        throw new Error(`something changed: ${before} became ${after}`);
      }
      return result;
    },
    close: database.close,
  };
}

export async function createCaseWorld(): Promise<CaseWorld> {
  const world = await createWorld();
  const { database, changesNothing, close } = watchWorld(world);
  return {
    world,
    issuer: world.issuer,
    database,
    changesNothing,
    newPerson: async () => createEnrolled(world),
    close: async () => {
      close();
      await world.close();
    },
  };
}

/** The stable code of an error page. */
export function findErrorCode(page: Pick<Answered, 'body'>): string | undefined {
  return /data-error="([^"]*)"/.exec(page.body)?.[1];
}

/** A good authorization request with some parameters changed; undefined takes one out. */
export function createAltered(issuer: string, place: Place, changes: Readonly<Record<string, string | undefined>>): string {
  const url = new URL(createRequest(issuer, place).url);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) {
      url.searchParams.delete(name);
    } else {
      url.searchParams.set(name, value);
    }
  }
  return url.href;
}

/** What a redirect to a service says, in the query or the fragment. */
export function readAnswer(url: string): URLSearchParams {
  const { searchParams, hash } = new URL(url);
  return new URLSearchParams([...searchParams, ...new URLSearchParams(hash.slice(1))]);
}
