// The few files besides pages: read once at the start, named by their content, served as immutable, compressed where that helps.
// Pages are never compressed: they hold form tokens beside what a request put into them, and the size would tell of the one by the other (BREACH).
// Only the page that checks receipts is: it holds neither (ADR-0029).

import { createHash } from 'node:crypto';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Context } from 'koa';
import { assetList, linkAssets, readSource, toPageAssets } from '../../views/asset-list.ts';
import type { PageAssets } from '../../views/asset-list.ts';

type Encoding = 'br' | 'gzip' | 'identity';

/** Something that is the same for everybody, in every form in which it is sent. */
export type Served = {
  readonly type: string;
  readonly bodies: Readonly<Partial<Record<Encoding, Buffer>>> & { readonly identity: Buffer };
};

export type Assets = { readonly names: PageAssets; readonly byPath: ReadonlyMap<string, Served> };

function toAddress(name: string, body: Buffer): string {
  const digest = createHash('sha256').update(body).digest('hex').slice(0, 16);
  const dot = name.lastIndexOf('.');
  return `/assets/${name.slice(0, dot)}.${digest}${name.slice(dot)}`;
}

/** A font is compressed by its own format. */
function toServed(type: string, identity: Buffer): Served {
  const bodies =
    type === 'font/woff2' ? { identity } : { identity, br: brotliCompressSync(identity), gzip: gzipSync(identity, { level: 9 }) };
  return { type, bodies };
}

export function readAssets(): Assets {
  const addresses = new Map<string, string>();
  const byPath = new Map<string, Served>();
  for (const asset of assetList) {
    const { name, type } = asset;
    const source = readSource(asset);
    const body = name.endsWith('.css') ? Buffer.from(linkAssets(source.toString('utf8'), addresses)) : source;
    const address = toAddress(name, body);
    addresses.set(name, address);
    byPath.set(address, toServed(type, body));
  }
  return { names: toPageAssets((name) => addresses.get(name) ?? ''), byPath };
}

/** The smallest that the browser takes (RFC 9110 §12.5.3); one that takes nothing of it is given the plain bytes. */
function chooseEncoding(ctx: Context, { bodies }: Served): Encoding {
  return (
    (['br', 'gzip'] as const).find((encoding) => bodies[encoding] !== undefined && ctx.acceptsEncodings(encoding) === encoding) ??
    'identity'
  );
}

export function sendServed(ctx: Context, served: Served): void {
  const encoding = chooseEncoding(ctx, served);
  if (encoding !== 'identity') {
    ctx.set('Content-Encoding', encoding);
  }
  ctx.vary('Accept-Encoding');
  ctx.type = served.type;
  ctx.body = served.bodies[encoding] ?? served.bodies.identity;
}

/** Whether the path was an asset and has been answered. */
export function sendAsset(assets: Assets, ctx: Context): boolean {
  const asset = assets.byPath.get(ctx.path);
  if (asset === undefined) {
    return false;
  }
  ctx.set('Cache-Control', 'public, max-age=31536000, immutable');
  sendServed(ctx, asset);
  return true;
}
