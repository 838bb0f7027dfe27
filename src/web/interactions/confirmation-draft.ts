// A decision that was said and not yet confirmed: what was ticked, and what was drawn for the record when the passkey was asked. It lives in the interaction
// as an artefact of its own, ends with its session, and holds no value of personal data. The record itself is never kept: it is drawn up again.

import { z } from 'zod';
import type { Fixed } from '../../domain/consent/decide.ts';
import { toDigest } from '../../domain/kernel/ids.ts';
import { challengeLifeSeconds } from '../../domain/passkeys/ceremony-options.ts';
import type { PageNeeds } from '../needs.ts';
import type { PersonStep } from './show-continue.ts';
import { Fault } from '../../domain/kernel/errors.ts';

export type Draft = {
  /** Of the page that was answered. */
  readonly version: string;
  /** Names of the optional attributes that were ticked. */
  readonly chosen: readonly string[];
  /** Null until the passkey is asked. */
  readonly fixed: Fixed | null;
};

const draftSchema = z.strictObject({
  version: z.string(),
  chosen: z.array(z.string()),
  fixed: z.strictObject({ at: z.number(), recordId: z.string(), receiptId: z.string(), nonce: z.string() }).nullable(),
});

// As long as somebody may think about the page; an interaction lives no longer.
const draftLifeSeconds = 2 * challengeLifeSeconds;

/** Of this interaction in this session: nobody else’s draft has that key. */
const toKey = ({ pending, session }: PersonStep): string => toDigest(`confirmation:${pending.uid}:${session.uid}`);

/** Takes the place of an earlier draft of the same page. */
export async function saveDraft(needs: Pick<PageNeeds, 'artefacts' | 'clock'>, step: PersonStep, draft: Draft): Promise<void> {
  const now = needs.clock.now();
  const artefact = {
    key: toKey(step),
    model: 'Interaction' as const,
    payload: JSON.stringify(draft),
    expiresAt: now + draftLifeSeconds * 1000,
    createdAt: now,
    consumedAt: null,
    personId: step.person.id,
    clientId: step.pending.clientId,
    consentId: null,
    sessionUid: step.session.uid,
    isOffline: false,
  };
  const saved = await needs.artefacts.commit([{ kind: 'save-artefact', artefact }], now);
  if (!saved.ok) {
    throw new Fault('interaction/expired', `the draft was not kept: ${saved.failure}`);
  }
}

/** Undefined when there is none, or it ran out, or what it stands on ended. */
export async function findDraft(needs: Pick<PageNeeds, 'artefacts' | 'clock'>, step: PersonStep): Promise<Draft | undefined> {
  const artefact = await needs.artefacts.findArtefact('Interaction', toKey(step), needs.clock.now());
  return artefact === undefined ? undefined : draftSchema.parse(JSON.parse(artefact.payload));
}
