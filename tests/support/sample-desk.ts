// One's own work on the auditor's desk: a full day, and a calm one.

import type { DeskWork } from '../../views/audit-desk-model.ts';
import { day, now } from './sample-words.ts';
import type { World } from './sample-world.ts';

const url = '/audit/cases/01900000-0000-7000-8000-000000000000';

const said = {
  ar: { colleague: 'سامي الحربي', saved: ['سحب الموافقات في وزارة العمل', 'الإفصاحات بعد السحب، الربع الثالث'] },
  en: { colleague: 'Sami Alharbi', saved: ['Withdrawals at the Ministry of Labour', 'Releases after withdrawal, third quarter'] },
} as const;

export function createDeskWork({ words, frame }: World): DeskWork {
  const { colleague, saved } = said[frame.texts.language];
  const asked = { askedBy: colleague, askedAt: now - day / 4, openUntil: now + 2 * day } as const;
  const going = { state: 'going', agencyName: null } as const;
  const found = [
    ['after-withdrawal', true, 1],
    ['refusals-after-text', false, 1],
    ['counter-burst', false, 3],
  ] as const;
  return {
    waiting: [
      { ...asked, kind: 'unmask', url: `${url}/unmask/1`, caseNumber: '1448/Q/31' },
      { ...asked, kind: 'export', url: `${url}/exports/1`, caseNumber: '1448/B/12', askedAt: now - day / 24 },
    ],
    cases: [
      { ...going, number: '1448/Q/31', url, basis: 'complaint', scope: 'all', until: now + 60 * day },
      { ...going, number: '1448/B/12', url, basis: 'breach', scope: 'agency', agencyName: words.labour.agencyName, until: now + 90 * day },
    ],
    casesUrl: '/audit/cases',
    found: {
      at: now,
      rules: found.map(([name, mustBeZero, count]) => ({ name, mustBeZero, count, url: `/audit/anomalies?days=30#${name}` })),
    },
    foundDays: 30,
    foundUrl: '/audit/anomalies?days=30',
    saved: saved.map((name) => ({ name, url: '/audit/questions/released-after-end?ask=1' })),
    savedUrl: '/audit/questions/saved',
  };
}

export const createCalmWork = (world: World): DeskWork => ({
  ...createDeskWork(world),
  waiting: [],
  cases: [],
  found: { at: now, rules: [] },
  saved: [],
});
