// The page of the passkey names everything that is signed: also that a service is told how the person's identity was checked, beside those details that it gets.

import { expect, test } from 'vitest';
import type { Verification } from '../../../src/domain/agencies/agency.ts';
import type { AttributeDecision } from '../../../src/domain/consent/consent.ts';
import { toConfirmPage } from '../../../src/web/interactions/confirm-page.ts';
import { renderConfirmPage } from '../../../views/confirm.ts';
import { createPurpose, now } from '../../support/store-samples.ts';
import { createWorld } from '../../support/sample-world.ts';

const why = { ar: 'يلزم الوزارة أن تعرف كيف جرى التحقق.', en: 'The Ministry has to know how it was checked.' };
const verification: Verification = { attributes: ['given_name', 'birthdate'], parts: ['time'], evidence: 'types', why };
const form = { action: '#', token: '' };

type Decided = Readonly<Record<string, AttributeDecision['decision']>>;

function show(language: 'ar' | 'en', decided: Decided, told: Verification | null): string {
  const purpose = { ...createPurpose('mol-work-permit'), verification: told };
  const attributes = Object.entries(decided).map(([name, decision]) => ({ name, necessity: 'optional', decision }) as const);
  const page = toConfirmPage({
    request: { purpose, isOffline: false },
    terms: { attributes, basis: 'consent', expiresAt: now + 1000 },
    language,
    now,
    asker: { serviceName: 'Work permits', agencyName: 'Ministry of Labour', domain: 'mol.example' },
    ceremony: { optionsUrl: '#', verifyUrl: '#', token: '' },
    form,
    version: '1',
    changeUrl: '#',
  });
  return renderConfirmPage(createWorld(language).frame, page);
}

const shared: Decided = { given_name: 'granted', birthdate: 'declined', national_id: 'granted' };

test('what is confirmed names the check of identity, why, and beside which of the shared details, and no other', () => {
  const page = show('en', shared, verification);
  expect(page).toContain('How your identity was checked');
  expect(page).toContain(why.en);
  expect(page.replaceAll(/\p{Cf}/gu, '')).toContain('Beside what you share of these: First name. It learns:');
  const arabic = show('ar', shared, verification);
  expect(arabic).toContain('كيف جرى التحقق من هويتك');
  expect(arabic).toContain(why.ar);
});

test.each([
  ['the purpose does not ask for it', shared, null],
  ['each detail beside which it is told was declined', { given_name: 'declined', national_id: 'granted' }, verification],
] as const)('nothing is said of the check of identity where %s', (_case, decided, told) => {
  expect(show('en', decided, told)).not.toContain('How your identity was checked');
});
