// Whether the log is whole, for whoever believes nobody: checkpoint and key, and the path by which a browser compares two checkpoints. No entry is
// handed out here, so none is left.

import type { Context } from 'koa';
import { Fault } from '../../domain/kernel/errors.ts';
import { toVerifierText } from '../../domain/ledger/signed-note.ts';
import { getConsistencyPath } from '../../domain/ledger/tiles.ts';
import { renderAuditLogPage } from '../../../views/audit-log.ts';
import { sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { openAudit } from './open-audit.ts';
import { readWitnesses } from './read-witnesses.ts';

export async function showLog(needs: PageNeeds, ctx: Context): Promise<void> {
  const audit = await openAudit(needs, ctx);
  if (audit === undefined) {
    return;
  }
  const head = await needs.ledger.findCheckpoint();
  const page = renderAuditLogPage(audit.frame, {
    witnesses: await readWitnesses(needs),
    head: head === undefined ? null : { size: head.size, at: head.at, root: head.root, text: head.text },
    log: toVerifierText(needs.logVerifier),
    checkpointUrl: '/ledger/checkpoint',
    keyUrl: '/ledger/key',
    consistencyUrl: '/audit/log/consistency',
  });
  sendPage(ctx, page);
}

function getSize(ctx: Context, name: string): number {
  const text = new URLSearchParams(ctx.querystring).get(name) ?? '';
  if (!/^(?:0|[1-9]\d{0,14})$/.test(text)) {
    throw new Fault('request/invalid', `${name} is no size`);
  }
  return Number(text);
}

export async function serveConsistency(needs: PageNeeds, ctx: Context): Promise<void> {
  const audit = await openAudit(needs, ctx);
  if (audit === undefined) {
    return;
  }
  const [from, to] = [getSize(ctx, 'from'), getSize(ctx, 'to')];
  const size = (await needs.ledger.findCheckpoint())?.size ?? 0;
  if (from > to || to > size) {
    throw new Fault('request/invalid', 'the sizes are not of this log');
  }
  const path = from === 0 || from === to ? [] : await getConsistencyPath(needs.ledger, from, to);
  ctx.body = { path: path.map((hash) => Buffer.from(hash).toString('base64url')) };
}
