// The offline verifier as one file, from the place whose logs it verifies. Whoever doubts that place takes it from the sources; it is the same file.

import type { Context } from 'koa';
import { readVerifierFile } from '../../../views/asset-list.ts';
import type { WebNeeds } from '../needs.ts';

const file = readVerifierFile();

export async function serveVerifier(_needs: WebNeeds, ctx: Context): Promise<void> {
  ctx.type = 'text/javascript; charset=utf-8';
  ctx.set('Access-Control-Allow-Origin', '*');
  ctx.attachment('huwiya-verify.mjs');
  ctx.body = file;
}
