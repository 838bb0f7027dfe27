// The preview of a purpose says of access while the person is away what the real page can say, and no more.

import { expect, test } from 'vitest';
import type { AccessTerms } from '../../../src/domain/agencies/agency.ts';
import { renderPreview } from '../../../src/web/interactions/preview.ts';
import { createAgency, createPurpose, createService, now } from '../../support/store-samples.ts';
import { createWorld } from '../../support/sample-world.ts';

const away = 'The service may ask for these details again without you';

function preview(fetch: AccessTerms['fetch'], grants: readonly string[]): string {
  const service = createService('mol', { metadata: { grant_types: [...grants] } });
  const purpose = createPurpose(service.clientId);
  const agency = createAgency({ id: 'mol' });
  const terms = { ...purpose.terms, fetch };
  const registered = { agency, service, version: 1, purposes: [purpose] };
  return renderPreview(createWorld('en').frame, { registered, purpose: { ...purpose, terms }, kind: 'citizen', now });
}

test.each([
  ['periodic', ['authorization_code', 'refresh_token'], true],
  ['session', ['authorization_code', 'refresh_token'], false],
  ['once', ['authorization_code', 'refresh_token'], false],
  ['periodic', ['authorization_code'], false],
] as const)('a preview of a purpose fetched %s by a service with %s speaks of access while away: %s', (fetch, grants, isSaid) => {
  expect(preview(fetch, grants).includes(away)).toBe(isSaid);
});
