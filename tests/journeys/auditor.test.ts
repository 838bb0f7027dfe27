// Auditors at their desks, in the browser, on the log of a made-up country in which faults were planted: journeys U1 to U10 of the domain model. Noura works in Arabic on a
// phone, Sami in English on a wide screen. They walk each journey twice, the second time in each other's part, so that each page is walked in both languages.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAuditCountry } from '../support/audit-country.ts';
import type { AuditCountry } from '../support/audit-country.ts';
import { bringAuditor } from '../support/auditor-journey.ts';
import type { Auditor, Desks } from '../support/auditor-journey.ts';
import { describeWithBrowser } from '../support/describe-with-browser.ts';
import { createTraveller, enrol } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { walkBreach } from './auditor-breach.ts';
import { walkComplaint } from './auditor-complaint.ts';
import { walkLog } from './auditor-log.ts';
import { walkSweep } from './auditor-sweep.ts';

const parts = [
  { language: 'ar', lead: 'noura', second: 'sami', complaint: '1447/Q/31', breach: '1447/B/2', suspends: true },
  { language: 'en', lead: 'sami', second: 'noura', complaint: '1447/Q/32', breach: '1447/B/3', suspends: false },
] as const;

describeWithBrowser('auditors', (getBrowser) => {
  let country: AuditCountry;
  let auditors: Readonly<Record<'noura' | 'sami', Auditor>>;
  let person: Traveller;
  let disputed: number;

  beforeAll(async () => {
    country = await createAuditCountry();
    const browser = getBrowser();
    const held = new Set<string>();
    auditors = {
      noura: await bringAuditor({ browser, country, held, language: 'ar', names: { ar: 'نورة السالم', en: 'Noura Alsalem' } }),
      sami: await bringAuditor({ browser, country, held, language: 'en', names: { ar: 'سامي الحربي', en: 'Sami Alharbi' } }),
    };
    [disputed = -1] = country.getPlanted('after-withdrawal').entries;
    const [entry] = await country.storage.ledger.readEntries(disputed, disputed + 1);
    person = createTraveller(country.issuer);
    await enrol(person, await country.invitePerson(entry?.personRef ?? ''));
  });

  afterAll(async () => {
    await Promise.all(Object.values(auditors).map(({ leave }) => leave()));
    await country.close();
  });

  describe.each(parts)('led in $language', ({ lead, second, complaint, breach, suspends }) => {
    const getDesks = (): Desks => ({ country, lead: auditors[lead], second: auditors[second] });
    walkComplaint(() => ({ ...getDesks(), complaint: { number: complaint, person, disputed } }));
    walkBreach(() => ({ ...getDesks(), breach }));
    walkSweep(() => ({ ...getDesks(), suspends }));
    walkLog(getDesks);
  });

  test('the browsers had nothing to complain about', () => {
    const isExpected = (complaint: string): boolean => complaint.includes('status of 400');
    const complaints = Object.values(auditors).flatMap((auditor) => [...auditor.complaints]);
    expect(complaints.filter((complaint) => !isExpected(complaint))).toEqual([]);
  });
});
