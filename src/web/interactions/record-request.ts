// That a person was asked is evidence like what they answered: an entry when a decision page is first shown in an interaction, and none when it is shown again.
// What was asked beyond the purpose stands beside it, whatever they answer: they never see it.

import { Fault } from '../../domain/kernel/errors.ts';
import { toDigest } from '../../domain/kernel/ids.ts';
import { sealEvent } from '../../domain/ledger/event.ts';
import type { Language, StoredPerson } from '../../domain/people/person.ts';
import type { PageNeeds } from '../needs.ts';
import type { DecisionAsked } from './decision-asked.ts';
import type { Notice } from '../../domain/consent/notice.ts';

// Longer than any interaction lives.
const rememberedMillis = 3_600_000;

export type Shown = {
  readonly uid: string;
  readonly person: StoredPerson;
  readonly language: Language;
  readonly shown: { readonly decision: DecisionAsked; readonly notice: Notice };
};

export async function recordRequest(needs: PageNeeds, { uid, person, language, shown }: Shown): Promise<void> {
  const { current, request } = shown.decision;
  const { asked, purpose } = request;
  const now = needs.clock.now();
  const key = toDigest(`requested:${uid}`);
  if (await needs.artefacts.hasReplay(key, now)) {
    return;
  }
  const about = {
    personRef: person.id,
    actor: { kind: 'service', ref: purpose.clientId },
    service: purpose.clientId,
    purpose: purpose.id,
    purposeVersion: purpose.version,
    record: current?.id ?? null,
  } as const;
  const names = asked.attributes.map(({ name }) => name);
  const payload = { language, notice_sha256: shown.notice.digest };
  const beyond = {
    type: 'data.over_ask',
    attributes: asked.overAsked,
    reason: 'beyond-purpose',
    payload: { endpoint: 'authorization' },
  } as const;
  const drafts = [
    { ...about, type: 'consent.requested', attributes: names, payload } as const,
    ...(asked.overAsked.length > 0 ? [{ ...about, ...beyond }] : []),
  ];
  const once = { kind: 'save-replay', key, expiresAt: now + rememberedMillis } as const;
  const saved = await needs.artefacts.commit(
    [once, ...drafts.map((draft) => ({ kind: 'append-event', event: sealEvent(needs, draft) }) as const)],
    now,
  );
  // Two requests at once for one page: one of them kept it.
  if (!saved.ok && saved.failure !== 'replayed') {
    throw new Fault('ledger/unavailable', `the entry was not written: ${saved.failure}`);
  }
}
