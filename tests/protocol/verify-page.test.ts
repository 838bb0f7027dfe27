// The page /verify as it leaves the server: one file, and a content security policy that allows exactly what stands inside it.

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

/** Of the one file, fonts and script inside, in bytes (ADR-0029). */
const budget = { asSent: 100_000, unpacked: 208_000 };

const toDirectives = (policy: string | null): ReadonlyMap<string, string> =>
  new Map((policy ?? '').split('; ').map((directive) => [directive.split(' ')[0] ?? '', directive.split(' ').slice(1).join(' ')]));
const toSource = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('the page on which receipts are checked', () => {
  let world: World;
  let response: Response;
  let text: string;

  beforeAll(async () => {
    world = await createWorld();
    response = await fetch(`${world.issuer}/verify`);
    text = await response.text();
  });

  afterAll(async () => {
    await world.close();
  });

  it('loosens the policy for its own style and script alone, by their digests, and for the fonts inside the style', async () => {
    const own = toDirectives(response.headers.get('content-security-policy'));
    const usual = toDirectives((await fetch(`${world.issuer}/`)).headers.get('content-security-policy'));
    const script = /<script type="module">([\s\S]*?)<\/script>/.exec(text)?.[1] ?? '';
    const style = /<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? '';
    expect(new Map(own)).toEqual(
      new Map([...usual, ['font-src', 'data:'], ['script-src', toSource(script)], ['style-src', toSource(style)]]),
    );
  });

  it('carries the same policy inside, where a copy on a disk finds it, and there posts nowhere', () => {
    const inside = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1] ?? '';
    const expected = new Map(toDirectives(response.headers.get('content-security-policy')));
    expected.delete('frame-ancestors');
    expected.set('form-action', "'none'");
    expect(new Map(toDirectives(inside.replaceAll('&#39;', "'")))).toEqual(expected);
  });

  it.each(['ar', 'en'])(
    'costs one request of at most 100 KB in %s, compressed, and is the same whatever was asked along with it',
    async (language) => {
      const ask = async (encoding: string, query = ''): Promise<Response> =>
        fetch(`${world.issuer}/verify?lang=${language}${query}`, { headers: { 'accept-encoding': encoding } });
      const plain = await ask('identity');
      const bytes = Buffer.from(await plain.arrayBuffer());
      expect([plain.headers.get('content-encoding'), bytes.length <= budget.unpacked]).toEqual([null, true]);
      for (const [accepted, encoding] of [
        ['gzip, deflate, br', 'br'],
        ['gzip', 'gzip'],
      ] as const) {
        const answer = await ask(accepted, '&receipt=%3Cb%3Enone');
        expect([answer.headers.get('content-encoding'), answer.headers.get('vary')]).toEqual([encoding, 'Accept-Encoding']);
        expect(Number(answer.headers.get('content-length'))).toBeLessThanOrEqual(budget.asSent);
        expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
      }
    },
  );

  it('carries the keys that are served, and fetches nothing', async () => {
    const [logKey, keys] = await Promise.all(
      ['key', 'receipt-keys'].map(async (name) => (await fetch(`${world.issuer}/ledger/${name}`)).text()),
    );
    const carried: unknown = JSON.parse(/data-carried="([^"]*)"/.exec(text)?.[1]?.replaceAll('&quot;', '"') ?? '');
    expect(carried).toEqual({ issuer: world.issuer, logKey: logKey?.trim(), changes: [], keys });
    expect(text).not.toMatch(/<(?:link|img|iframe|object|embed)\b|\bsrc=|\burl\((?!(?:&quot;|")data:)|@import/);
  });
});
