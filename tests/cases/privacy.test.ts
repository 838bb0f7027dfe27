// What somebody learns who sees more than one service: the analyst at the log, and the services themselves (security contract 2.16).

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCaseWorld } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { readIdToken } from '../support/id-token.ts';
import { toObject } from '../support/raw-request.ts';
import { askSilently, createRequest, exchange, places, visit } from '../support/visits.ts';
import type { Place } from '../support/visits.ts';

type Facts = Readonly<Record<string, unknown>>;

const ofEveryLine = new Set(['level', 'time', 'msg', 'reference', 'method', 'route', 'status', 'durationMs', 'clientId']);

/** The same for every person and every visit, so that nobody can be recognised by it. */
const sameForAll = new Set(['iss', 'acr', 'amr', 'token_type', 'expires_in', 'scope']);
/** The moment of the passkey, which decision 3's one session makes the same for all services; OpenID Connect Core 1.0 §2 asks for it in seconds. */
const sharedMoment = new Set(['auth_time', 'iat', 'exp']);

describe('who sees more than one service', () => {
  let at: CaseWorld;

  beforeAll(async () => {
    at = await createCaseWorld();
  });

  afterAll(async () => {
    await at.close();
  });

  test('PV-01 the log of a node holds nothing by which visits of one person to two services could be joined', async () => {
    const people = [await at.newPerson(), await at.newPerson()];
    const from = at.world.logLines.length;
    for (const traveller of people) {
      for (const place of ['permit', 'clinic'] as const) {
        await exchange(await visit(traveller, place), at.issuer);
      }
    }
    const lines = at.world.logLines.slice(from).map((line) => toObject(line));
    expect(lines.flatMap((line) => Object.keys(line)).filter((name) => !ofEveryLine.has(name))).toEqual([]);
    const references = lines.map((line) => line['reference']);
    expect(references.length).toBeGreaterThan(20);
    expect(new Set(references).size).toBe(references.length);
    // What is left of a line when its moment and its own reference are taken away is the same whoever the person is.
    const tell = (line: Facts): string => JSON.stringify([line['clientId'], line['method'], line['route'], line['status']]);
    const half = lines.length / 2;
    expect(lines.slice(0, half).map(tell)).toEqual(lines.slice(half).map(tell));
  });

  test('PV-02 nothing that one service receives is received by another, in answers, tokens, errors or headers', async () => {
    const traveller = await at.newPerson();
    const received = async (place: Place): Promise<ReadonlyMap<string, string>> => {
      const visited = await visit(traveller, place);
      const tokens = await exchange(visited, at.issuer);
      const idToken = await readIdToken(at.issuer, tokens.body['id_token']);
      const refused = await askSilently(traveller, place, { max_age: '0' });
      const facts = { ...Object.fromEntries(visited.answer), ...tokens.body, ...idToken, ...Object.fromEntries(refused) };
      const telling = Object.entries(facts).filter(([name]) => !sameForAll.has(name) && !sharedMoment.has(name));
      return new Map(telling.map(([name, value]) => [name, JSON.stringify(value)]));
    };
    const [permit, clinic] = [await received('permit'), await received('clinic')];
    expect([...permit.keys()]).toEqual(expect.arrayContaining(['code', 'sub', 'sid', 'access_token', 'error']));
    const shared = [...permit].filter(
      ([name, value]) => name !== 'error' && name !== 'error_description' && [...clinic.values()].includes(value),
    );
    expect(shared).toEqual([]);
    expect([permit.get('error'), clinic.get('error')]).toEqual(['"login_required"', '"login_required"']);
    for (const [words, other] of [
      [permit, places.clinic.clientId],
      [clinic, places.permit.clientId],
    ] as const) {
      expect([...words.values()].join(' ')).not.toContain(other);
    }
    const page = await traveller.agent.get(createRequest(at.issuer, 'clinic', { prompt: 'login' }).url);
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
  });
});
