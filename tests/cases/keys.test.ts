// Signing keys that turn while people sign in, on two nodes of one database (security contract 2.14).

import { chmodSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadParts } from '../../src/cli/load-parts.ts';
import { toFaultReport } from '../../src/config/config.ts';
import { deriveSealingKey } from '../../src/config/derive-keys.ts';
import type { FreshKey } from '../../src/domain/keys/create-token-key.ts';
import { findKey } from '../../src/domain/keys/key-set.ts';
import { rotateKeys } from '../../src/domain/keys/rotate-keys.ts';
import type { RotationKind } from '../../src/domain/keys/rotate-keys.ts';
import { publishedBeforeMs, tokenAlgorithms } from '../../src/domain/keys/token-key.ts';
import type { TokenAlgorithm } from '../../src/domain/keys/token-key.ts';
import { systemClock } from '../../src/domain/kernel/clock.ts';
import { createToken, systemRandom } from '../../src/domain/kernel/ids.ts';
import { createTestKey } from '../support/begin-keys.ts';
import { createCaseWorld } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { runCommand } from '../support/command.ts';
import { isFull } from '../support/counts.ts';
import { toEnvironment } from '../support/only-node.ts';
import type { Traveller } from '../support/person-journey.ts';
import { sendRaw, toObject } from '../support/raw-request.ts';
import { permitRedirect } from '../support/sample-services.ts';
import { startSecondNode } from '../support/second-node.ts';
import type { SecondNode } from '../support/second-node.ts';
import { createAssertion, fetchUserInfo } from '../support/service.ts';
import { days } from '../support/shift-time.ts';
import { createPost, fire, toPorts } from '../support/two-doors.ts';
import { createOtherBrowser, createRequest, findForms, getForm, obtainTokens, visit } from '../support/visits.ts';
import type { Visit } from '../support/visits.ts';

/** Of 1,000 (FT-12) the tests of every day try these. */
const signIns = isFull ? 1000 : 32;
const atOnce = 4;

/** Until a key that waits may sign. */
const aDay = publishedBeforeMs;

type KeyCopy = Parameters<typeof createLocalJWKSet>[0];

const isCopy = (value: unknown): value is KeyCopy =>
  typeof value === 'object' && value !== null && 'keys' in value && Array.isArray(value.keys);

describe('signing keys', () => {
  let at: CaseWorld;
  let second: SecondNode;
  let ports: readonly number[];

  beforeAll(async () => {
    at = await createCaseWorld();
    second = await startSecondNode(at.world);
    ports = toPorts(at.issuer, second);
  });

  afterAll(async () => {
    await second.stop();
    await at.close();
  });

  /** What a service copies, from one of the nodes. */
  const copyKeys = async (turn = 0): Promise<KeyCopy> => {
    const host = new URL(at.issuer).host;
    const { body } = await sendRaw({ port: ports[turn % 2] ?? 0, path: '/jwks', headers: { host } });
    const copy: unknown = JSON.parse(body);
    if (!isCopy(copy)) {
      throw new TypeError(`these are no keys: ${body}`);
    }
    return copy;
  };
  const listKids = async (turn = 0): Promise<readonly (string | undefined)[]> => (await copyKeys(turn)).keys.map(({ kid }) => kid);

  /** Each node looks again after a quarter of a second. */
  const letTimePass = async (column: 'staged_at' | 'gone_at', milliseconds: number): Promise<void> => {
    at.database.run(`UPDATE token_keys SET ${column} = ${column} - ${milliseconds}; UPDATE key_sets SET version = version + 1`);
    await new Promise((resolve) => {
      setTimeout(resolve, 300);
    });
  };

  /** As a node does it by itself; its new keys were made beforehand. */
  const rotate = async (kind: RotationKind, made = new Map(tokenAlgorithms.map((alg) => [alg, createTestKey(alg)]))): Promise<void> => {
    const createKey = async (alg: TokenAlgorithm): Promise<FreshKey> => made.get(alg) ?? createTestKey(alg);
    const sealingKey = deriveSealingKey(at.world.keys);
    const actor = { kind: 'system', ref: null } as const;
    const needs = { keys: at.world.storage.keys, clock: systemClock, random: systemRandom, sealingKey, createKey, actor };
    const rotated = await rotateKeys(needs, kind);
    expect(rotated).toMatchObject({ ok: true });
  };

  const exchangeAt = async (port: number, { callback, request }: Visit): Promise<Readonly<Record<string, unknown>>> => {
    const { answer } = await fire(
      port,
      createPost(at.issuer, '/token', {
        grant_type: 'authorization_code',
        code: new URL(callback).searchParams.get('code') ?? '',
        code_verifier: request.verifier,
        redirect_uri: permitRedirect,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: createAssertion(at.issuer),
      }),
    );
    return toObject(answer.body);
  };

  const verify = async (token: unknown, copy: KeyCopy): Promise<string | undefined> => {
    const { protectedHeader } = await jwtVerify(String(token), createLocalJWKSet(copy), { issuer: at.issuer, audience: 'mol-work-permit' });
    return protectedHeader.kid;
  };

  const getKid = async (): Promise<string> => findKey(await at.world.storage.keys.readKeys(), 'ES256', 'active')?.kid ?? 'none';

  test('FT-12 turn three times, once in an emergency, while people sign in: nobody notices, and a copy of the keys that is a day old verifies every token', async () => {
    const people = await Promise.all(Array.from({ length: atOnce }, at.newPerson));
    await Promise.all(people.map(async (person) => obtainTokens(person, 'permit')));
    const made = [1, 2].map(() => new Map(tokenAlgorithms.map((alg) => [alg, createTestKey(alg)])));
    const copies = [await copyKeys()];
    /** Each service fetched the keys on the day before. */
    const turnAfterADay = async (turn: () => Promise<unknown>): Promise<void> => {
      await letTimePass('staged_at', 0);
      copies.push(await copyKeys(copies.length));
      await letTimePass('staged_at', aDay);
      await turn();
      turned += 1;
      // Each key signs something before the next takes its place, on the slowest machine too.
      await letTimePass('staged_at', 0);
      await signInOnce(people[0] ?? (await at.newPerson()), turned);
    };
    const turns = new Map([
      [Math.floor(signIns / 4), async () => rotate('ordinary', made[0])],
      [
        Math.floor(signIns / 2),
        async () => expect(await runCommand(['keys', 'rotate', '--emergency'], toEnvironment(at.world))).toMatchObject({ code: 0 }),
      ],
      [Math.floor((signIns * 3) / 4), async () => rotate('ordinary', made[1])],
    ]);
    let turning = Promise.resolve();
    let turned = 0;
    const kids = new Set<string | undefined>();
    let begun = 0;
    const signInOnce = async (person: Traveller, place: number): Promise<void> => {
      const browser = createOtherBrowser(person);
      const visited = await visit(browser, 'permit');
      const tokens = await exchangeAt(ports[place % 2] ?? 0, visited);
      const token = tokens['id_token'];
      expect(await verify(token, copies.at(-1) ?? { keys: [] })).toBe(await verify(token, await copyKeys(place + 1)));
      kids.add(decodeProtectedHeader(String(token)).kid);
      expect((await fetchUserInfo(at.issuer, tokens['access_token'])).status).toBe(200);
    };
    const keepSigningIn = async (person: Traveller): Promise<void> => {
      while (begun < signIns || turned < turns.size) {
        begun += 1;
        const turn = turns.get(begun);
        turning = turn === undefined ? turning : turning.then(async () => turnAfterADay(turn));
        await signInOnce(person, begun);
      }
    };
    await Promise.all(people.map(keepSigningIn));
    await turning;
    expect([turned, kids.has(await getKid()), kids.size]).toEqual([3, true, 4]);
  });

  test('FT-13 that two commands rotate at once turn once, on both nodes', async () => {
    await letTimePass('staged_at', aDay);
    const before = (await at.world.storage.keys.readKeys()).keys.length;
    const ended = await Promise.all([1, 2].map(async () => runCommand(['keys', 'rotate', '--json'], toEnvironment(at.world))));
    const said = ended.map(({ stderr }) => stderr).join('');
    expect([ended.map(({ code }) => code).toSorted((a, b) => a - b), said]).toEqual([[0, 1], said]);
    expect(said).toMatch(/^keys rotate: (?:store\/conflict|key\/too-early)\. [^\n]+\n$/);
    expect((await at.world.storage.keys.readKeys()).keys).toHaveLength(before + tokenAlgorithms.length);
    const kid = await getKid();
    await expect.poll(async () => listKids(0)).toContain(kid);
    await expect.poll(async () => listKids(1)).toEqual(await listKids(0));
  });

  test('FT-14 that an emergency ended are gone from both nodes within a minute; what they signed says nothing any more', async () => {
    const traveller = await at.newPerson();
    const tokens = await obtainTokens(traveller, 'permit');
    const hint = String(tokens.body['id_token']);
    const kid = decodeProtectedHeader(hint).kid;
    await rotate('emergency');
    // A node looks again a quarter of a second after it last looked.
    const signedWith = async () => decodeProtectedHeader(String((await obtainTokens(traveller, 'permit')).body['id_token'])).kid;
    await expect.poll(signedWith).toBe(await getKid());
    await letTimePass('gone_at', 60_000);
    expect([await listKids(0), await listKids(1)].map((kids) => kids.includes(kid))).toEqual([false, false]);
    const asked = await traveller.agent.get(createRequest(at.issuer, 'permit', { prompt: 'none', id_token_hint: hint }).url);
    expect(new URL(asked.url).searchParams.get('error')).toBe('invalid_request');
    const page = await traveller.agent.get(
      `${at.issuer}/session/end?id_token_hint=${hint}&post_logout_redirect_uri=http://localhost:3001/`,
    );
    expect([page.status, page.url.startsWith(at.issuer), findForms(page, /confirm$/).length]).toEqual([200, true, 1]);
    const entries = at.database.rows("SELECT body FROM entries WHERE type = 'key.revoked'").map(({ body }) => String(body));
    expect(entries.filter((body) => body.includes(String(kid)))).toHaveLength(1);
  });

  test('LO-08 that were rotated still carry a sign-out while they retire; afterwards the person is asked, and it is never an error', async () => {
    const traveller = await at.newPerson();
    const hint = String((await obtainTokens(traveller, 'permit')).body['id_token']);
    const toEnd = `${at.issuer}/session/end?id_token_hint=${hint}&post_logout_redirect_uri=http://localhost:3001/`;
    await letTimePass('staged_at', aDay);
    await rotate('ordinary');
    const form = getForm(await traveller.agent.get(toEnd), /confirm$/);
    expect((await traveller.agent.post(form.action, { ...form.fields, logout: 'yes' })).url).toBe('http://localhost:3001/');
    await letTimePass('gone_at', days(7));
    await visit(traveller, 'permit');
    const asked = getForm(await traveller.agent.get(toEnd), /confirm$/);
    const left = await traveller.agent.post(asked.action, { ...asked.fields, logout: 'yes' });
    expect([left.status, left.url.startsWith(at.issuer)]).toEqual([200, true]);
    const forged = await traveller.agent.get(`${toEnd.replace(hint, `${hint.slice(0, -4)}AAAA`)}`);
    expect(forged.status).toBeLessThan(500);
  });

  test('FT-16 keep a node from starting when one is missing, open to others, used twice or of another installation, and it names which', async () => {
    const copy = (name: string, change: (folder: string) => void): string => {
      const folder = join(at.world.folder, name);
      cpSync(at.world.config.keysFolder, folder, { recursive: true });
      change(folder);
      return folder;
    };
    const other = readFileSync(join(at.world.config.keysFolder, 'data.json'), 'utf8').replaceAll(/[A-Za-z0-9_-]{43}/g, () =>
      createToken(systemRandom),
    );
    const folders: readonly (readonly [string, RegExp])[] = [
      [copy('missing', (folder) => rmSync(join(folder, 'cookies.json'))), /cookies\.json: is missing/],
      [copy('open', (folder) => chmodSync(join(folder, 'data.json'), 0o644)), /data\.json: can be read/],
      [copy('twice', (folder) => cpSync(join(folder, 'checkpoint-ed25519.json'), join(folder, 'receipt-ed25519.json'))), /uses too/],
      [copy('foreign', (folder) => writeFileSync(join(folder, 'data.json'), other)), /another encryption key/],
    ];
    const start = async (folder: string): Promise<string> => {
      const env = { ...toEnvironment(at.world), HUWIYA_KEYS: folder };
      const parts = await loadParts({ file: undefined, env, allowsPending: false, isListening: true });
      await (parts.ok ? parts.value.storage.close() : undefined);
      return parts.ok ? 'starts' : toFaultReport(parts.faults);
    };
    expect(await start(at.world.config.keysFolder)).toBe('starts');
    for (const [folder, problem] of folders) {
      expect(await start(folder)).toMatch(problem);
    }
  });

  test('AL-14 serve one use each: those of tokens are neither those of receipts nor those of the log', async () => {
    const kids = await listKids();
    expect(new Set(kids).size).toBe(kids.length);
    expect(kids).not.toContain(at.world.keys.receipt.kid);
    expect(kids).not.toContain(at.world.keys.checkpoint.kid);
    const published = (await copyKeys()).keys;
    expect(new Set(published.map(({ alg, use }) => `${String(alg)} ${String(use)}`))).toEqual(
      new Set(['ES256 sig', 'PS256 sig', 'RS256 sig']),
    );
    expect(published.every((key) => !('d' in key))).toBe(true);
  });
});
