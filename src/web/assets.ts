// The few files besides pages: read once at the start, named by their content, served as immutable.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Context } from 'koa';
import { assetList, linkAssets } from '../../views/asset-list.ts';
import type { Assets as AssetNames } from '../../views/models.ts';

type Served = { readonly body: Buffer; readonly type: string };

export type Assets = { readonly names: AssetNames; readonly byPath: ReadonlyMap<string, Served> };

function toAddress(name: string, body: Buffer): string {
  const digest = createHash('sha256').update(body).digest('hex').slice(0, 16);
  const dot = name.lastIndexOf('.');
  return `/assets/${name.slice(0, dot)}.${digest}${name.slice(dot)}`;
}

export function readAssets(): Assets {
  const addresses = new Map<string, string>();
  const byPath = new Map<string, Served>();
  for (const { name, file, type } of assetList) {
    const source = readFileSync(file);
    const body = name.endsWith('.css') ? Buffer.from(linkAssets(source.toString('utf8'), addresses)) : source;
    const address = toAddress(name, body);
    addresses.set(name, address);
    byPath.set(address, { body, type });
  }
  const addressOf = (name: string): string => addresses.get(name) ?? '';
  const names = {
    stylesheet: addressOf('huwiya.css'),
    sign: addressOf('sign.svg'),
    webauthn: addressOf('webauthn.js'),
    ceremony: addressOf('ceremony.js'),
  };
  return { names, byPath };
}

/** Whether the path was an asset and has been answered. */
export function sendAsset(assets: Assets, ctx: Context): boolean {
  const asset = assets.byPath.get(ctx.path);
  if (asset === undefined) {
    return false;
  }
  ctx.set('Cache-Control', 'public, max-age=31536000, immutable');
  ctx.type = asset.type;
  ctx.body = asset.body;
  return true;
}
