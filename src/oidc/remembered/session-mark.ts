// What a session says of its person and of one service, as far as the short way goes (ADR-0112): signed in at the ordinary level, and at that service before. One with
// anything else in it, such as a sign-out under way, goes the long way.

import { z } from 'zod';
import { levelNames } from '../../domain/kernel/levels.ts';
import { parsePayload } from '../artefact.ts';
import type { Remembered } from '../store.ts';

const names = z.array(z.string()).default([]);

const payloadSchema = z.strictObject({
  kind: z.literal('Session'),
  iat: z.number(),
  exp: z.number(),
  uid: z.string(),
  accountId: z.string(),
  // A higher level is asked for anew each time, of the passkey behind it.
  acr: z.literal(levelNames.substantial),
  amr: z.array(z.string()),
  loginTs: z.number(),
  transient: z.boolean().optional(),
  authorizations: z.record(z.string(), z.unknown()),
  // Services that the person left, and those for which the session has rested too long.
  left: names,
  rested: names,
  looked: names,
});

const enteredSchema = z.strictObject({ sid: z.string(), grantId: z.string(), persistsLogout: z.literal(true) });

export type SessionMark = {
  readonly personId: string;
  readonly acr: string;
  readonly amr: readonly string[];
  /** Seconds since the epoch. */
  readonly authTime: number;
  readonly sid: string;
  readonly grantId: string;
};

export function findSessionMark(session: Remembered['session'], clientId: string): SessionMark | undefined {
  const payload = payloadSchema.safeParse(parsePayload(session.payload)).data;
  if (
    payload === undefined ||
    payload.accountId !== session.personId ||
    payload.left.includes(clientId) ||
    payload.rested.includes(clientId)
  ) {
    return undefined;
  }
  const { accountId: personId, acr, amr, authorizations, loginTs: authTime } = payload;
  const entered = Object.hasOwn(authorizations, clientId) ? enteredSchema.safeParse(authorizations[clientId]).data : undefined;
  return entered && { personId, acr, amr, authTime, sid: entered.sid, grantId: entered.grantId };
}
