// The answer to the page of an open recovery, as it travels in the engine's interaction and then in the session.

import { Provider } from 'oidc-provider';
import { z } from 'zod';

/** Of the prompt, and of the answer to it. */
export const lookName = 'recovery_look';

const lookSchema = z.object({ recovery: z.string() });

/** The recovery that the person has looked at in this very request; undefined in every other. */
export function findLookedAt(): string | undefined {
  return lookSchema.safeParse(Provider.ctx?.oidc.result?.[lookName]).data?.recovery;
}
