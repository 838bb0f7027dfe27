// Puts a rendered page in front of the browser with its assets and the strict content security policy, without a server.

import type { Page } from 'playwright-core';

import { assetList, readSource } from '../../views/asset-list.ts';
import type { Asset } from '../../views/asset-list.ts';

/** As strict as in production: no inline code, no inline style, nothing from elsewhere. */
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; " +
  "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/** A page that is a file by itself brings its own policy, which allows exactly what stands inside it. */
function toPolicy(document: string): string {
  const [, own] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(document) ?? [];
  return own?.replaceAll('&#39;', "'") ?? contentSecurityPolicy;
}

/** A picture waits for the letters, where a person's page would rather be there. */
function readBody(asset: Asset): string | Buffer {
  const source = readSource(asset);
  return asset.name.endsWith('.css') ? source.toString('utf8').replaceAll('font-display: optional', 'font-display: block') : source;
}

const assets = new Map(assetList.map((asset) => [`/assets/${asset.name}`, { body: readBody(asset), contentType: asset.type }]));

/** Answers of the sample server for posts of the ceremony script, by path. */
export type Answers = Readonly<Record<string, () => unknown>>;

/**
 * Opens the document at `http://localhost/`. `answers` are what the ceremony script gets for its posts; a page that has them may go on by itself
 * at any moment, so only a page without them is waited for until its fonts are there.
 */
export async function showSamplePage(page: Page, document: string, answers: Answers = {}): Promise<void> {
  await page.unroute('**/*');
  await page.route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url());
    const asset = assets.get(pathname);
    const answer = answers[pathname];
    if (asset !== undefined) {
      return route.fulfill(asset);
    }
    if (answer !== undefined) {
      return route.fulfill({ json: answer() });
    }
    return route.fulfill({
      body: document,
      contentType: 'text/html; charset=utf-8',
      headers: { 'content-security-policy': toPolicy(document) },
    });
  });
  await page.goto('http://localhost/');
  if (Object.keys(answers).length === 0) {
    await page.evaluate('document.fonts.ready.then(() => true)');
  }
}
