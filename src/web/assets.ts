// The few files besides pages: read once at the start, named by their content, served as immutable, compressed where that helps, when they are first asked for.
// Pages are never compressed: they hold form tokens beside what a request put into them, and the size would tell of the one by the other (BREACH).
// Only the page that checks receipts is: it holds neither (ADR-0029).

import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { Context } from 'koa';
import { assetList, linkAssets, readSource, toPageAssets } from '../../views/asset-list.ts';
import type { PageAssets } from '../../views/asset-list.ts';

type Encoding = 'br' | 'gzip' | 'identity';

/** Something that is the same for everybody, in every form in which it is sent. */
export type Served = {
  readonly type: string;
  readonly bodies: Readonly<Partial<Record<Encoding, Buffer>>> & { readonly identity: Buffer };
};

export type Assets = { readonly names: PageAssets; readonly byPath: ReadonlyMap<string, () => Promise<Served>> };

function toAddress(name: string, body: Buffer): string {
  const digest = createHash('sha256').update(body).digest('hex').slice(0, 16);
  const dot = name.lastIndexOf('.');
  return `/assets/${name.slice(0, dot)}.${digest}${name.slice(dot)}`;
}

const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);

/** Off the main thread: the best compression takes its time, most of a second for the largest page. */
export async function toServed(type: string, identity: Buffer): Promise<Served> {
  const [br, gzipped] = await Promise.all([toBrotli(identity), toGzip(identity, { level: 9 })]);
  return { type, bodies: { identity, br, gzip: gzipped } };
}

/** Made for whoever asks first, so that nobody waits for it at the start. A font is compressed by its own format. */
function serveOnce(type: string, identity: Buffer): () => Promise<Served> {
  let served: Promise<Served> | undefined;
  return async () => (served ??= type === 'font/woff2' ? Promise.resolve({ type, bodies: { identity } }) : toServed(type, identity));
}

export function readAssets(): Assets {
  const addresses = new Map<string, string>();
  const byPath = new Map<string, () => Promise<Served>>();
  for (const asset of assetList) {
    const { name, type } = asset;
    const source = readSource(asset);
    const body = name.endsWith('.css') ? Buffer.from(linkAssets(source.toString('utf8'), addresses)) : source;
    const address = toAddress(name, body);
    addresses.set(name, address);
    byPath.set(address, serveOnce(type, body));
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
export async function sendAsset(assets: Assets, ctx: Context): Promise<boolean> {
  const getServed = assets.byPath.get(ctx.path);
  if (getServed === undefined) {
    return false;
  }
  ctx.set('Cache-Control', 'public, max-age=31536000, immutable');
  sendServed(ctx, await getServed());
  return true;
}
