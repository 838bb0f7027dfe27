// The pages of a purpose before anybody is asked on them: the very templates of the real pages, with the values of somebody who does not exist.

import { allowsOffline, toBasis } from '../../domain/agencies/agency.ts';
import type { Purpose, RegisteredService } from '../../domain/agencies/agency.ts';
import { toAskedOf } from '../../domain/consent/asked.ts';
import { createSampleData } from '../../domain/attributes/sample-data.ts';
import type { StoredConsent } from '../../domain/consent/consent.ts';
import { isSuperseded } from '../../domain/consent/superseded.ts';
import { toCanonicalJson } from '../../domain/kernel/canonical.ts';
import { addDuration, dayMs } from '../../domain/kernel/clock.ts';
import { personKinds } from '../../domain/people/person.ts';
import type { Language, PersonKind } from '../../domain/people/person.ts';
import type { Request } from '../../oidc/requested.ts';
import { renderConfirmPage } from '../../../views/confirm.ts';
import type { Asker, Frame } from '../../../views/models.ts';
import { markAsPreview } from '../../../views/preview.ts';
import { toConfirmPage } from './confirm-page.ts';
import type { DecisionAsked } from './decision-asked.ts';
import { renderDecisionPage } from './decision-page.ts';

export type PreviewAsked = {
  readonly registered: RegisteredService;
  readonly purpose: Purpose;
  readonly kind: PersonKind;
  readonly now: number;
};

const sampleData = createSampleData();
const form = { action: '#', token: '' };
const sinceAgreedMs = 90 * dayMs;

function toRequest({ registered, purpose, kind }: PreviewAsked): Request {
  // The page of a request that asks for all it may.
  const isOffline = allowsOffline(registered.service, purpose);
  const asked = toAskedOf({ attributes: purpose.attributes, overAsked: [] }, purpose, kind);
  return { registered, purpose, asked, wanted: {}, isOffline };
}

function render(frame: Frame, asked: PreviewAsked, before: Pick<DecisionAsked, 'current' | 'agreed'>): string {
  const { language } = frame.texts;
  const request = toRequest(asked);
  const page = renderDecisionPage(frame, {
    decision: { request, whole: request.asked, ...before },
    reader: { person: { kind: asked.kind }, data: sampleData, language, now: asked.now },
    asker: toAsker(asked.registered, language),
    form,
    version: '',
    continueAs: null,
  });
  return markAsPreview(frame.texts, page);
}

/** At a first visit. */
export function renderPreview(frame: Frame, asked: PreviewAsked): string {
  return render(frame, asked, { current: undefined, agreed: undefined });
}

/** A record of somebody who agreed to everything of that version. */
function createAgreed({ kind, now }: PreviewAsked, agreed: Purpose): StoredConsent {
  return {
    id: '',
    personId: '',
    clientId: agreed.clientId,
    purposeId: agreed.id,
    purposeVersion: agreed.version,
    version: 1,
    state: 'given',
    change: 'given',
    attributes: agreed.attributes.map(({ name, necessity }) => ({ name, necessity, decision: 'granted' })),
    basis: toBasis(agreed, kind).type,
    language: 'ar',
    personKind: kind,
    level: 'high',
    isOffline: false,
    actedBy: 'self',
    createdAt: now - sinceAgreedMs,
    decidedAt: now - sinceAgreedMs,
    expiresAt: now + sinceAgreedMs,
    uses: 0,
    lastUsedAt: null,
  };
}

/** For whoever agreed to the version before. Undefined where nobody is asked again, and where there is nothing to agree to. */
export function findChangedPreview(frame: Frame, asked: PreviewAsked, agreed: Purpose): string | undefined {
  const { kind, purpose, registered } = asked;
  const bases = [agreed, purpose].map((each) => toBasis(each, kind).type);
  const current = createAgreed(asked, agreed);
  const isAsked = isSuperseded(current, { purpose, agreed, kind, service: registered.service });
  return isAsked && bases.every((basis) => basis === 'consent') ? render(frame, asked, { current, agreed }) : undefined;
}

/** The page of the passkey, after everything was chosen. Undefined where a button is enough. */
export function findConfirmPreview(frame: Frame, asked: PreviewAsked, changeUrl: string): string | undefined {
  const { kind, now, purpose, registered } = asked;
  const { language } = frame.texts;
  const page = toConfirmPage({
    request: toRequest(asked),
    terms: {
      attributes: createAgreed(asked, purpose).attributes,
      basis: toBasis(purpose, kind).type,
      expiresAt: addDuration(now, purpose.expiresAfter),
    },
    language,
    now,
    asker: toAsker(registered, language),
    ceremony: { optionsUrl: '#', verifyUrl: '#', token: '' },
    form,
    version: '',
    changeUrl,
  });
  return page.reasons.length === 0 ? undefined : markAsPreview(frame.texts, renderConfirmPage(frame, page));
}

function toAsker({ agency, service }: RegisteredService, language: Language): Asker {
  const uris = service.metadata['redirect_uris'];
  const uri: unknown = Array.isArray(uris) ? uris[0] : undefined;
  const domain = typeof uri === 'string' && URL.canParse(uri) ? new URL(uri).host : '';
  return { serviceName: service.name[language], agencyName: agency.name[language], domain };
}

/** One kind of person for each ground: people on one ground read one page. */
export function toPreviewedKinds({ service }: RegisteredService, purpose: Purpose): readonly PersonKind[] {
  const kinds = personKinds.filter((kind) => service.audience.includes(kind));
  const grounds = kinds.map((kind) => toCanonicalJson(toBasis(purpose, kind)));
  return kinds.filter((_kind, index) => grounds.indexOf(grounds[index] ?? '') === index);
}
