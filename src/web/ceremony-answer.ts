// What the one script sends back from a passkey ceremony; what the response itself must be is WebAuthn's to check.

import type { Context } from 'koa';
import { z } from 'zod';
import { Fault } from '../domain/kernel/errors.ts';
import { readJson } from './body.ts';

const ceremonyAnswerSchema = z.strictObject({ ceremony: z.string().min(1).max(64), response: z.unknown() });

export type CeremonyAnswer = { readonly ceremony: string; readonly response: unknown };

export async function readCeremonyAnswer(ctx: Context): Promise<CeremonyAnswer> {
  const answer = ceremonyAnswerSchema.safeParse(await readJson(ctx));
  if (!answer.success) {
    throw new Fault('request/invalid', 'ceremony answer has another form');
  }
  return { ceremony: answer.data.ceremony, response: answer.data.response };
}
