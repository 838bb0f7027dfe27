// One entry with its proof: the file that the desk hands out too.

import type { Context } from 'koa';
import { findEntryFile } from '../../domain/audit/entry-file.ts';
import { viewEntry } from '../../domain/audit/view-entry.ts';
import { Fault, getValue } from '../../domain/kernel/errors.ts';
import { toLookNeeds } from '../audit/look-needs.ts';
import { findKeyText } from '../ledger/find-key-text.ts';
import type { PageNeeds } from '../needs.ts';
import { getCaller } from './access.ts';

const indexPattern = /^(?:0|[1-9]\d{0,14})$/;

export async function showEntry(needs: PageNeeds, ctx: Context, index: string): Promise<void> {
  const caller = await getCaller(needs, ctx);
  if (!indexPattern.test(index)) {
    throw new Fault('audit/entry-unknown', 'the index is no whole number');
  }
  const view = getValue(await viewEntry(toLookNeeds(needs), caller, { index: Number(index), form: 'proof-file' }));
  const file = findEntryFile(view, await findKeyText(needs, view.checkpoint?.size ?? 0));
  if (file === undefined) {
    throw new Fault('ledger/broken', 'the log cannot prove an entry that it holds');
  }
  ctx.body = file;
}
