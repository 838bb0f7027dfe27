import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { assetList, linkAssets } from '../../../views/asset-list.ts';

describe('the assets', () => {
  test('exist, each with its type', () => {
    for (const { file, type } of assetList) {
      expect(readFileSync(file).byteLength).toBeGreaterThan(0);
      expect(type).toMatch(/^(?:font\/woff2|image\/svg\+xml|text\/(?:css|javascript); charset=utf-8)$/);
    }
  });

  test('of the style sheet are all served, and come before it', () => {
    const sheet = assetList.at(-1);
    expect(sheet?.name).toBe('huwiya.css');
    const addresses = new Map(assetList.map(({ name }) => [name, `/assets/hash.${name}`]));
    const linked = linkAssets(readFileSync(sheet?.file ?? '', 'utf8'), addresses);
    expect([...linked.matchAll(/url\("([^"]+)"\)/g)].map(([, url]) => url)).toHaveLength(6);
    expect(linked).not.toMatch(/url\("\/assets\/(?:huwiya|ibm)/);
  });

  test('that are cut from another font are the ones whose making is written down', () => {
    const written = readFileSync(new URL('../../../views/assets/fonts/README.md', import.meta.url), 'utf8');
    const cut = assetList.filter(({ name }) => name.startsWith('huwiya-sans-'));
    expect(cut).toHaveLength(2);
    for (const { name, file } of cut) {
      expect(written).toContain(`| \`${name}\` | \`${createHash('sha256').update(readFileSync(file)).digest('hex')}\` |`);
    }
  });

  test('that the style sheet names but nobody serves stop the start', () => {
    expect(() => linkAssets('url("/assets/lost.woff2")', new Map())).toThrow(/lost\.woff2/);
  });
});
