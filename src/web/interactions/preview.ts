// The page of a purpose before anybody is asked on it: the very templates of the real page, with the values of somebody who does not exist.

import { toBasis } from '../../domain/agencies/agency.ts';
import type { Purpose, RegisteredService } from '../../domain/agencies/agency.ts';
import { toAskedOf } from '../../domain/consent/asked.ts';
import { createSampleData } from '../../domain/attributes/sample-data.ts';
import { toCanonicalJson } from '../../domain/kernel/canonical.ts';
import { personKinds } from '../../domain/people/person.ts';
import type { Language, PersonKind } from '../../domain/people/person.ts';
import type { Asker, Frame } from '../../../views/models.ts';
import { markAsPreview } from '../../../views/preview.ts';
import { renderDecisionPage } from './decision-page.ts';

export type PreviewAsked = {
  readonly registered: RegisteredService;
  readonly purpose: Purpose;
  readonly kind: PersonKind;
  readonly now: number;
};

const sampleData = createSampleData();

export function renderPreview(frame: Frame, { registered, purpose, kind, now }: PreviewAsked): string {
  const { language } = frame.texts;
  const whole = toAskedOf({ attributes: purpose.attributes, overAsked: [] }, purpose, kind);
  const grants = registered.service.metadata['grant_types'];
  const isOffline = Array.isArray(grants) && grants.includes('refresh_token');
  const page = renderDecisionPage(frame, {
    decision: { request: { registered, purpose, asked: whole, wanted: {}, isOffline }, whole, current: undefined, agreed: undefined },
    reader: { person: { kind }, data: sampleData, language, now },
    asker: toAsker(registered, language),
    form: { action: '#', token: '' },
    version: '',
    continueAs: null,
  });
  return markAsPreview(frame.texts, page);
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
