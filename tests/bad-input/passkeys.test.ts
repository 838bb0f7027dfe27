// Every row of the table of bad input that is an answer of a passkey ceremony, against the running product.

import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { createTraveller, enrol, signIn } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { createSoftwareAuthenticator } from '../support/software-authenticator.ts';
import { readAttribute } from '../support/user-agent.ts';
import { createRequest } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';
import { roomForAll } from './room.ts';
import { passkeyRows } from './rows-passkeys.ts';
import type { PasskeyRow } from './rows-passkeys.ts';
import { toTitle } from './run-row.ts';
import { takeSnapshot } from './snapshot.ts';

type Ceremony = { readonly post: (name: string, body: unknown) => Promise<Response>; readonly id: string; readonly options: unknown };

/** What a suspension writes: that it is one, the entry of it, and what the person is told; and it ends the session that the passkey began. */
const suspension = ['entries', 'entry_secrets', 'outbox', 'passkeys', 'security_notices'];

function toWritten({ isSuspended, isUsedBefore }: PasskeyRow): readonly string[] {
  const session = isUsedBefore === true ? ['sessions'] : [];
  return isSuspended === true ? [...suspension, ...session] : [];
}

describe('bad answers of a passkey', () => {
  let world: World;
  let database: OpenDatabase;

  beforeAll(async () => {
    world = await createWorld({ env: roomForAll });
    database = openWorldDatabase(world);
  });

  afterAll(async () => {
    database.close();
    await world.close();
  });

  const openPage = async (row: PasskeyRow): Promise<{ readonly traveller: Traveller; readonly page: string }> => {
    const authenticator = createSoftwareAuthenticator(row.settings);
    const traveller = createTraveller(world.issuer, authenticator);
    const link = await world.invite(await world.addPerson());
    if (row.ceremony === 'create') {
      return { traveller, page: (await traveller.agent.get(link)).body };
    }
    await enrol(traveller, link);
    const url = createRequest(world.issuer, 'permit').url;
    if (row.isUsedBefore === true) {
      await signIn(traveller, await traveller.agent.get(url));
    }
    const other = createTraveller(world.issuer, authenticator);
    return { traveller: other, page: (await other.agent.get(url)).body };
  };

  const begin = async ({ agent }: Traveller, page: string, language: string): Promise<Ceremony> => {
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json',
      'accept-language': language,
      'x-huwiya-token': readAttribute(page, 'data-token'),
    };
    const post: Ceremony['post'] = async (name, body) =>
      agent.send(new URL(readAttribute(page, name), world.issuer).href, { method: 'POST', headers, body: JSON.stringify(body) });
    const begun: unknown = await (await post('data-options-url', {})).json();
    if (typeof begun !== 'object' || begun === null || !('ceremony' in begun) || !('options' in begun)) {
      throw new Error('no ceremony began');
    }
    return { post, id: String(begun.ceremony), options: begun.options };
  };

  const answerBadly = (row: PasskeyRow, { authenticator }: Traveller, options: unknown): unknown => {
    const made = authenticator[row.ceremony === 'create' ? 'register' : 'authenticate'](options, row.origin ?? world.issuer, row.tampering);
    return { ...made, response: { ...made.response, ...row.response }, ...row.members };
  };

  test.each(passkeyRows)('$id to $ceremony a passkey: $what', async (row) => {
    for (const language of ['ar', 'en'] as const) {
      const { traveller, page } = await openPage(row);
      const { post, id, options } = await begin(traveller, page, language);
      const before = takeSnapshot(database);
      const response = await post('data-verify-url', { ceremony: id, response: answerBadly(row, traveller, options) });
      const { error } = z.object({ error: z.record(z.string(), z.unknown()) }).parse(await response.json());
      const { status, code } = row.answer;
      expect({ status: response.status, ...error }).toMatchObject({ status, code, title: toTitle(code, language) });
      const after = takeSnapshot(database);
      const changed = Object.keys(after).filter((table) => !isDeepStrictEqual(after[table], before[table]));
      expect(changed.toSorted()).toEqual(toWritten(row));
    }
  });
});
