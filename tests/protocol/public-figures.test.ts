// Public figures: anybody reads them, keeps them, and checks the signature and that no earlier month was changed.

import { compactVerify, createLocalJWKSet } from 'jose';
import type { JSONWebKeySet } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runFiguresList } from '../../src/cli/figures-list.ts';
import { runFiguresPublish } from '../../src/cli/figures-publish.ts';
import { runFiguresShow } from '../../src/cli/figures-show.ts';
import { figuresSchema } from '../../src/domain/audit/figures/document.ts';
import { publishMonth } from '../../src/domain/audit/figures/publish-month.ts';
import { toCanonicalJson } from '../../src/domain/kernel/canonical.ts';
import { systemClock } from '../../src/domain/kernel/clock.ts';
import { systemRandom, toDigest } from '../../src/domain/kernel/ids.ts';
import { createCapturedContext } from '../support/captured-context.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const months = ['2026-08', '2026-09'] as const;
const served = z.strictObject({ document: figuresSchema, signature: z.string() });

describe('the public figures', () => {
  let world: World;
  const get = async (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
    fetch(`${world.issuer}${path}`, { headers });
  const read = async (path: string): Promise<z.infer<typeof served>> => served.parse(await (await get(path)).json());

  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(async () => world.close());

  it('say so before the first month, and lead there from the first page and from the register', async () => {
    const page = await get('/transparency', { 'accept-language': 'en' });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('The first month is published here');
    for (const from of ['/', '/services']) {
      expect(await (await get(from)).text()).toContain('href="/transparency"');
    }
  });

  it('are published at the command, each month once', async () => {
    const { context, takeErr, takeOut } = createCapturedContext(world.storage);
    const { storage, keys, issuer } = world;
    const signer = { issuer, key: keys.receipt.privateKey, kid: keys.receipt.kid };
    const needs = { ...storage, clock: systemClock, random: systemRandom, signer, actor: { kind: 'operator', ref: null } } as const;
    for (const month of months) {
      expect((await publishMonth(needs, month)).ok).toBe(true);
    }
    expect(await runFiguresPublish(context, { month: '2026-09', correction: null, json: false })).toBe(1);
    expect(takeErr()).toContain('figures/published');
    expect(await runFiguresPublish(context, { month: '2026-09', correction: { reason: { ar: '', en: 'x' } }, json: false })).toBe(2);
    expect(await runFiguresPublish(context, { month: '2099-01', correction: null, json: false })).toBe(1);
    expect(takeErr()).toContain('figures/month-open');
    expect(await runFiguresList(context, { json: true })).toBe(0);
    expect(takeOut()).toContain('2026-08');
    expect(await runFiguresShow(context, { month: '2026-08', json: false })).toBe(0);
    expect(takeOut()).toContain('<200');
    expect(await runFiguresShow(context, { month: '2026-07', json: false })).toBe(1);
  });

  it('are signed by the key that is published, and carry the fingerprint of the month before', async () => {
    const [first, second] = [await read('/transparency/2026-08.json'), await read('/transparency/2026-09.json')];
    expect(second.document.earlier).toEqual([{ month: '2026-08', edition: 1, digest: toDigest(toCanonicalJson(first.document)) }]);
    const keys: JSONWebKeySet = z
      .object({ keys: z.array(z.looseObject({ kty: z.string() })) })
      .parse(await (await get('/ledger/receipt-keys')).json());
    for (const { document, signature } of [first, second]) {
      const { payload, protectedHeader } = await compactVerify(signature, createLocalJWKSet(keys));
      expect(Buffer.from(payload).toString()).toBe(toCanonicalJson(document));
      expect(protectedHeader.typ).toBe('huwiya-figures+jwt');
    }
  });

  it('may be kept by any cache, an edition for ever', async () => {
    expect((await get('/transparency/2026-08.json')).headers.get('cache-control')).toBe('public, max-age=3600');
    expect((await get('/transparency/2026-08.1.json')).headers.get('cache-control')).toContain('immutable');
    expect((await get('/transparency')).headers.get('cache-control')).toBe('public, max-age=600');
    const known = await get('/transparency', { cookie: 'lang=en.1' });
    expect(known.headers.get('cache-control')).toBe('no-store');
  });

  it('stand on a page in both languages, in sentences first, and name nobody', async () => {
    const arabic = await (await get('/transparency', { 'accept-language': 'ar' })).text();
    expect(arabic).toContain('dir="rtl"');
    expect(arabic).toContain('سبتمبر 2026');
    const english = await (await get('/transparency/2026-08', { 'accept-language': 'en' })).text();
    expect(english).toContain('August 2026');
    expect(english.indexOf('The number of people who were asked')).toBeLessThan(english.indexOf('<table'));
    expect(english).not.toContain('<script');
    expect(english.length).toBeLessThan(60_000);
  });

  it.each([
    '/transparency/2026-07',
    '/transparency/2026-07.json',
    '/transparency/2026-08.2.json',
    '/transparency/2026-13',
    '/transparency/x',
  ])('are not found at %s', async (path) => {
    expect((await get(path)).status).toBe(404);
  });
});
