// The public log (C2SP tlog-tiles): checkpoint, tiles and the key to check them with. Hashes and commitments only; anybody may mirror it.

import type { Context } from 'koa';
import { Fault } from '../../domain/kernel/errors.ts';
import { findTileBytes } from '../../domain/ledger/find-tile.ts';
import { parseTilePath } from '../../domain/ledger/tile-path.ts';
import type { WebNeeds } from '../needs.ts';

function sendCheckpoint(ctx: Context, text: string): void {
  ctx.type = 'text/plain; charset=utf-8';
  ctx.set('Access-Control-Allow-Origin', '*');
  ctx.body = text;
}

/** The newest, with what witnesses have said about it so far: enough of them or not. */
export async function serveCheckpoint(needs: WebNeeds, ctx: Context): Promise<void> {
  const checkpoint = await needs.ledger.findCheckpoint();
  if (checkpoint === undefined) {
    throw new Fault('request/not-found', 'no checkpoint yet');
  }
  const known = needs.witnessing === undefined ? checkpoint : await needs.witnessing.addKnown(checkpoint);
  sendCheckpoint(ctx, known.text);
}

/** The newest that enough witnesses have cosigned. */
export async function serveWitnessedCheckpoint(needs: WebNeeds, ctx: Context): Promise<void> {
  const witnessed = await needs.witnessing?.findWitnessed(0);
  if (witnessed === undefined) {
    throw new Fault('request/not-found', 'no checkpoint meets the quorum of witnesses');
  }
  sendCheckpoint(ctx, witnessed.text);
}

export async function serveTile(needs: WebNeeds, ctx: Context, path: string): Promise<void> {
  const address = parseTilePath(`tile/${path}`);
  const bytes = address.ok ? await findTileBytes({ store: needs.ledger }, address.value) : undefined;
  if (bytes === undefined) {
    throw new Fault('request/not-found', 'no such tile');
  }
  ctx.type = 'application/octet-stream';
  ctx.set('Access-Control-Allow-Origin', '*');
  ctx.set('Cache-Control', 'public, max-age=31536000, immutable');
  ctx.body = Buffer.from(bytes);
}

/** The keys that receipts are signed with, as a JWK set (RFC 7517). */
export async function serveReceiptKeys(needs: WebNeeds, ctx: Context): Promise<void> {
  ctx.set('Access-Control-Allow-Origin', '*');
  ctx.body = needs.receiptKeys;
}
