// The public keys of the log: the one that signs now, for newcomers, and the whole history that leads to it from any earlier one.

import type { Context } from 'koa';
import { getValue } from '../../domain/kernel/errors.ts';
import { parseKeyChange } from '../../domain/ledger/key-change.ts';
import { toVerifierText } from '../../domain/ledger/signed-note.ts';
import type { WebNeeds } from '../needs.ts';

function findNewest(changes: readonly string[]): string | undefined {
  const newest = changes.at(-1);
  return newest === undefined ? undefined : toVerifierText(getValue(parseKeyChange(newest)).to);
}

export async function serveLogKey(needs: WebNeeds, ctx: Context): Promise<void> {
  const newest = findNewest(await needs.ledger.readKeyChanges());
  ctx.type = 'text/plain; charset=utf-8';
  ctx.set('Access-Control-Allow-Origin', '*');
  ctx.body = `${newest ?? toVerifierText(needs.logVerifier)}\n`;
}

export async function serveLogKeys(needs: WebNeeds, ctx: Context): Promise<void> {
  const changes = await needs.ledger.readKeyChanges();
  const key = findNewest(changes) ?? toVerifierText(needs.logVerifier);
  ctx.set('Access-Control-Allow-Origin', '*');
  ctx.body = { format: 'huwiya-log-keys/1', origin: needs.logVerifier.name, key, changes };
}
