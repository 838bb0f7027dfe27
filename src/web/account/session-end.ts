import { z } from 'zod';
import { sessionEndReasons } from '../../../views/sign-ins-model.ts';
import type { SessionEndReason } from '../../../views/sign-ins-model.ts';

const bodySchema = z.object({ reason: z.string().nullable() });

/** Why the session of this entry ended, where the words of the pages know it. */
export function findSessionEnd(body: string): SessionEndReason | null {
  const { reason } = bodySchema.parse(JSON.parse(body));
  return sessionEndReasons.find((known) => known === reason) ?? null;
}
