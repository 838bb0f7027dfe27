// What the one script sends back from a passkey ceremony; what the response itself must be is WebAuthn's to check.

import type { Context } from 'koa';
import { z } from 'zod';
import { Fault } from '../domain/kernel/errors.ts';
import { parseUserAgent, toDeviceText } from '../oidc/device.ts';
import { readJson } from './body.ts';

const ceremonyAnswerSchema = z.strictObject({ ceremony: z.string().min(1).max(64), response: z.unknown() });
const signInAnswerSchema = ceremonyAnswerSchema.extend({ shared: z.boolean().default(false) });

export type CeremonyAnswer = { readonly ceremony: string; readonly response: unknown };
export type SignInAnswer = CeremonyAnswer & {
  /** Whether others use this computer, as the person says. */
  readonly isShared: boolean;
};

async function readAnswer<T>(ctx: Context, schema: z.ZodType<T>): Promise<T> {
  const answer = schema.safeParse(await readJson(ctx));
  if (!answer.success) {
    throw new Fault('request/invalid', 'ceremony answer has another form');
  }
  return answer.data;
}

export async function readCeremonyAnswer(ctx: Context): Promise<CeremonyAnswer> {
  const { ceremony, response } = await readAnswer(ctx, ceremonyAnswerSchema);
  return { ceremony, response };
}

export async function readSignInAnswer(ctx: Context): Promise<SignInAnswer> {
  const { ceremony, response, shared } = await readAnswer(ctx, signInAnswerSchema);
  return { ceremony, response, isShared: shared };
}

/** The kind of browser and system that sends it, as the history and the notices of a person name it. */
export function readDevice(ctx: Context): string {
  return toDeviceText(parseUserAgent(ctx.get('user-agent')));
}
