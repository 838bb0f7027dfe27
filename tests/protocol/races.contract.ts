// What may happen once happens once: 64 uses at the same moment, sent in turns to two processes on one database.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventType } from '../../src/domain/ledger/event.ts';
import type { StoredPerson } from '../../src/domain/people/person.ts';
import { createTraveller } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { openWorldDatabase, whileInsertIsSlow } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { toObject } from '../support/raw-request.ts';
import { startSecondNode } from '../support/second-node.ts';
import type { SecondNode } from '../support/second-node.ts';
import { createAssertion, fetchUserInfo } from '../support/service.ts';
import { asBrowser, createPost, fireAll } from '../support/two-doors.ts';
import type { Shot, Timed } from '../support/two-doors.ts';
import { readAttribute } from '../support/user-agent.ts';
import { createEnrolledPerson, createRequest, exchange, visit } from '../support/visits.ts';
import type { World } from '../support/world.ts';

const uses = 64;
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Statuses and codes with how often each came, so that a failure shows the whole picture. */
function tally(answers: readonly Timed[]): Readonly<Record<string, number>> {
  const counted = new Map<string, number>();
  for (const { answer } of answers) {
    const body = toObject(answer.body);
    const error = typeof body['error'] === 'object' ? toObject(JSON.stringify(body['error']))['code'] : body['error'];
    const name = `${answer.status} ${typeof error === 'string' ? error : 'ok'}`;
    counted.set(name, (counted.get(name) ?? 0) + 1);
  }
  return Object.fromEntries(counted);
}

/** Every request was under way before the first one was answered. */
function requireOverlap(answers: readonly Timed[]): void {
  const lastSent = Math.max(...answers.map(({ sentAt }) => sentAt));
  const firstAnswered = Math.min(...answers.map(({ answeredAt }) => answeredAt));
  if (lastSent >= firstAnswered) {
    throw new Error('the requests did not overlap');
  }
}

export function describeRaces(name: string, open: () => Promise<World>): void {
  describe(`64 uses at once, against two processes on ${name}`, () => {
    let world: World;
    let nodes: readonly SecondNode[];
    /** A look behind the product, where the database is a file. */
    let database: OpenDatabase | undefined;
    let traveller: Traveller;
    let person: StoredPerson;

    beforeAll(async () => {
      world = await open();
      nodes = await Promise.all([startSecondNode(world), startSecondNode(world)]);
      database = world.config.database.kind === 'sqlite' ? openWorldDatabase(world) : undefined;
      ({ traveller, person } = await createEnrolledPerson(world));
    });

    afterAll(async () => {
      database?.close();
      await Promise.all(nodes.map(async (node) => node.stop()));
      await world.close();
    });

    /** The winner's commit is slow in `table`, so that the other process has long read what the winner is about to change. */
    const race = async (table: string, shots: readonly Shot[]): Promise<readonly Timed[]> => {
      const ports = nodes.map(({ port }) => port);
      const shoot = async () => fireAll(ports, shots);
      const answers = database === undefined ? await shoot() : await whileInsertIsSlow(database, table, shoot);
      requireOverlap(answers);
      return answers;
    };

    const repeat = (create: () => Shot): readonly Shot[] => Array.from({ length: uses }, create);

    const asPermit = (path: string, fields: Readonly<Record<string, string>>, assertion = createAssertion(world.issuer)): Shot =>
      createPost(world.issuer, path, { client_assertion_type: assertionType, client_assertion: assertion, ...fields });

    /** Rows of access tokens, where one can look. */
    const countTokens = (): number => database?.rows("SELECT key FROM artefacts WHERE model = 'AccessToken'").length ?? 0;

    /** Numbered entries of this kind about this person. */
    const countEntries = async (type: EventType, personRef: string): Promise<number> =>
      (await world.storage.ledger.queryEntries({ types: [type], personRef }, { order: 'oldest-first', after: null, limit: 100 })).entries
        .length;

    it('of one code bring one set of tokens, which the lost races end at once; the consent goes on', async () => {
      const visited = await visit(traveller, 'permit');
      const fields = {
        grant_type: 'authorization_code',
        code: visited.answer.get('code') ?? '',
        code_verifier: visited.request.verifier,
        redirect_uri: 'http://localhost:3001/callback',
      };
      const before = countTokens();
      const answers = await race(
        'artefacts',
        repeat(() => asPermit('/token', fields)),
      );
      expect(tally(answers)).toEqual({ '200 ok': 1, '400 invalid_grant': uses - 1 });
      expect(countTokens()).toBe(database === undefined ? 0 : before + 1);
      const winner = answers.find(({ answer }) => answer.status === 200);
      expect((await fetchUserInfo(world.issuer, toObject(winner?.answer.body ?? '')['access_token'])).status).toBe(401);
      expect((await exchange(visited, world.issuer)).body['error']).toBe('invalid_grant');
      expect((await traveller.agent.get(createRequest(world.issuer, 'permit').url)).url).toContain('code=');
    });

    it('of one client assertion are accepted once', async () => {
      const assertion = createAssertion(world.issuer, { jti: randomUUID() });
      const parameters = Object.fromEntries(new URL(createRequest(world.issuer, 'permit').url).searchParams);
      const answers = await race(
        'replays',
        repeat(() => asPermit('/request', parameters, assertion)),
      );
      expect(tally(answers)).toEqual({ '201 ok': 1, '401 invalid_client': uses - 1 });
      expect(
        tally(
          await race(
            'replays',
            repeat(() => asPermit('/request', parameters, assertion)),
          ),
        ),
      ).toEqual({ '401 invalid_client': uses });
    });

    it('of one passkey challenge sign in once', async () => {
      const stranger = createTraveller(world.issuer, traveller.authenticator);
      const page = await stranger.agent.get(createRequest(world.issuer, 'permit').url);
      const token = readAttribute(page.body, 'data-token');
      const begun = toObject(
        (await stranger.agent.postJson(new URL(readAttribute(page.body, 'data-options-url'), world.issuer).href, token, {})).body,
      );
      const response = stranger.authenticator.authenticate(begun['options'], world.issuer);
      const shot = asBrowser(stranger.agent, {
        method: 'POST',
        path: new URL(readAttribute(page.body, 'data-verify-url'), world.issuer).pathname,
        headers: {
          host: new URL(world.issuer).host,
          accept: 'application/json',
          'content-type': 'application/json',
          'x-huwiya-token': token,
        },
        body: JSON.stringify({ ceremony: begun['ceremony'], response }),
      });
      const before = await countEntries('session.started', person.id);
      const answers = await race(
        'entries',
        repeat(() => shot),
      );
      expect(tally(answers)).toEqual({ '200 ok': 1, '400 passkey/challenge-unknown': uses - 1 });
      await expect.poll(async () => countEntries('session.started', person.id), { timeout: 3000 }).toBe(before + 1);
    });

    it('of one enrolment link register one passkey', async () => {
      const invited = await world.addPerson();
      const link = await world.invite(invited);
      const page = await createTraveller(world.issuer).agent.get(link);
      const token = readAttribute(page.body, 'data-token');
      const devices = Array.from({ length: uses }, () => createTraveller(world.issuer));
      const shots = await Promise.all(
        devices.map(async (device): Promise<Shot> => {
          const options = await device.agent.postJson(`${link}/options`, token, {});
          const begun = toObject(options.body);
          const response = device.authenticator.register(begun['options'], world.issuer);
          return asBrowser(device.agent, {
            method: 'POST',
            path: `${new URL(link).pathname}/verify`,
            headers: {
              host: new URL(world.issuer).host,
              accept: 'application/json',
              'content-type': 'application/json',
              'x-huwiya-token': token,
            },
            body: JSON.stringify({ ceremony: begun['ceremony'], response }),
          });
        }),
      );
      const answers = await race('passkeys', shots);
      expect(tally(answers)).toEqual({ '200 ok': 1, '410 enrolment/invalid-link': uses - 1 });
      expect(await world.storage.passkeys.listPasskeys(invited.id)).toHaveLength(1);
      await expect.poll(async () => countEntries('passkey.registered', invited.id), { timeout: 3000 }).toBe(1);
    });
  });
}
