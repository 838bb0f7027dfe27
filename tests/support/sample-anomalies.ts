// The auditor's page of anomalies, with one finding that must never be and several that deserve a look.

import { rules } from '../../src/domain/audit/anomalies/find-anomalies.ts';
import type { RuleName } from '../../src/domain/audit/anomalies/rule.ts';
import type { AnomaliesPage, AnomalyRow } from '../../views/anomalies-model.ts';
import type { SampleWords } from './sample-words.ts';
import { day, now } from './sample-words.ts';

const periods = [7, 30, 90, 365] as const;

export function createAnomalies(words: SampleWords, language: 'ar' | 'en'): AnomaliesPage {
  const service = { name: words.labour.serviceName, code: 'mol-work-permit' };
  const purpose = { name: words.renewal, code: 'permit-renewal' };
  const officer = language === 'ar' ? 'ريم العنزي' : 'Reem Alanazi';
  const nothing = { service: null, purpose: null, officer: null } as const;
  const place = (first: number, count: number): Pick<AnomalyRow, 'from' | 'to' | 'entries'> => ({
    from: now - 9 * day,
    to: count === 1 ? now - 9 * day : now - 8 * day,
    entries: Array.from({ length: count }, (_, number) => {
      const index = first + 17 * number;
      return { index, url: `/audit/entries/${index}` };
    }),
  });
  const found: Partial<Record<RuleName, AnomalyRow>> = {
    'after-withdrawal': { ...nothing, service, numbers: { count: 2 }, ...place(1_284_311, 2) },
    'refusals-after-text': {
      ...nothing,
      service,
      purpose,
      numbers: { version: 4, percent: 46, percentBefore: 7, answers: 812 },
      ...place(1_201_004, 12),
    },
    'counter-burst': { ...nothing, officer, numbers: { people: 24 }, ...place(1_270_400, 8) },
    'unused-approval': { ...nothing, service, purpose, numbers: { unused: 1, approved: 4 }, ...place(84_020, 1) },
  };
  return {
    periods: periods.map((days) => ({ days, url: `/audit/anomalies?days=${days}`, isShown: days === 30 })),
    from: now - 30 * day,
    to: now,
    size: 1_284_906,
    rules: rules.map(({ name, mustBeZero, limits }) => {
      const row = found[name];
      return { name, mustBeZero, limits, questionUrl: '/audit/questions/released-after-end', rows: row === undefined ? [] : [row] };
    }),
  };
}
