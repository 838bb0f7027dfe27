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
    expect([...linked.matchAll(/url\("([^"]+)"\)/g)].map(([, url]) => url)).toHaveLength(4);
    expect(linked).not.toMatch(/url\("\/assets\/ibm/);
  });

  test('that the style sheet names but nobody serves stop the start', () => {
    expect(() => linkAssets('url("/assets/lost.woff2")', new Map())).toThrow(/lost\.woff2/);
  });
});
