// Puts a rendered page in front of the browser with its assets and the strict content security policy, without the product's server.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';

import type { CDPSession, Page } from 'playwright-core';

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

type Shown = { readonly document: string; readonly answers: Answers };

let shown: Shown = { document: '', answers: {} };

function answerSample(request: IncomingMessage, response: ServerResponse): void {
  const path = (request.url ?? '/').replace(/[?#].*/s, '');
  const asset = assets.get(path);
  const answer = shown.answers[path];
  request.resume();
  if (answer !== undefined) {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer()));
  } else if (asset !== undefined) {
    // What a page needs is fetched once and not for each of the many pages.
    response.writeHead(200, { 'content-type': asset.contentType, 'cache-control': 'public, max-age=31536000, immutable' }).end(asset.body);
  } else {
    // Where a page leads, nothing is that could go on by itself.
    const document = path === '/' ? shown.document : '<!doctype html><title>x</title>';
    const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': toPolicy(document) };
    response.writeHead(200, headers).end(document);
  }
}

/** One for the process, which holds nobody back from ending. */
async function openSampleServer(): Promise<string> {
  const server = createServer(answerSample);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  server.unref();
  const address = server.address();
  return `http://localhost:${String(typeof address === 'object' ? address?.port : '')}`;
}

let opened: Promise<string> | undefined;

/** The origin of the pages that are shown. */
export async function getSampleOrigin(): Promise<string> {
  opened ??= openSampleServer();
  return opened;
}

/**
 * Opens the document at the root of the sample server; one document at a time. `answers` are what the ceremony script gets for its posts; a page that has
 * them may go on by itself at any moment, so only a page without them is waited for until its fonts are there.
 */
export async function showSamplePage(page: Page, document: string, answers: Answers = {}): Promise<void> {
  shown = { document, answers };
  await page.goto(`${await getSampleOrigin()}/`);
  if (Object.keys(answers).length === 0) {
    await page.evaluate('document.fonts.ready.then(() => true)');
  }
}

type Window = { readonly devtools: CDPSession; readonly frameId: string };

/** Windows whose page ran no script of its own: the next document can take its place, and nothing of the former one goes on. */
const windows = new WeakMap<Page, Window>();

async function toWindow(page: Page): Promise<Window> {
  const devtools = await page.context().newCDPSession(page);
  const { frameTree } = await devtools.send('Page.getFrameTree');
  return { devtools, frameId: frameTree.frame.id };
}

const settled = `new Promise((resolve) => {
  document.readyState === 'complete' ? resolve() : addEventListener('load', resolve, { once: true });
}).then(() => document.fonts.ready).then(() => true)`;

/**
 * For a window that shows many documents: one without a script takes the place of the one before, under the same policy. That spares the way to the server, the fonts and
 * what was brought into the window, which is most of the time. A document with a script is opened as a person opens it.
 */
export async function showNextPage(page: Page, document: string): Promise<void> {
  const window = windows.get(page);
  const isStill = !document.includes('<script');
  if (window !== undefined && isStill) {
    await window.devtools.send('Page.setDocumentContent', { frameId: window.frameId, html: document });
    await page.evaluate(settled);
    return;
  }
  await showSamplePage(page, document);
  if (isStill) {
    windows.set(page, await toWindow(page));
  } else {
    windows.delete(page);
  }
}

/** Those that can take each other's place first. */
export function orderForOneWindow<T extends { readonly document: string }>(pages: readonly T[]): readonly T[] {
  return pages.toSorted((a, b) => Number(a.document.includes('<script')) - Number(b.document.includes('<script')));
}
