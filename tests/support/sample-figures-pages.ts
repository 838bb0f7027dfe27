// Public figures: one month of three agencies, and before the first month.

import { toCounts } from '../../src/domain/audit/figures/figure.ts';
import type { Counts, Shown } from '../../src/domain/audit/figures/figure.ts';
import { renderTransparencyPage } from '../../views/transparency.ts';
import type { FiguresMonth, FiguresShown } from '../../views/transparency-model.ts';
import type { SamplePage, World } from './sample-world.ts';
import { day, now } from './sample-words.ts';

const shares = {
  asked: 1,
  agreed: 0.86,
  refused: 0.07,
  overAsked: 0.004,
  released: 1.6,
  signedIn: 2.3,
  withdrawn: 0.02,
  answered: 0.018,
  answeredInTime: 0.016,
  overdue: 0.001,
  reported: 0.005,
  reportAnswered: 0.004,
} as const satisfies Counts<number>;

/** As it would be shown, `people` having been asked. */
function createFigures(people: number, below: number): Counts<Shown> {
  return toCounts((figure) => {
    const count = Math.round((people * shares[figure]) / 10) * 10;
    return count < below ? { below } : count;
  });
}

const seasons = [8120, 9450, 12_180, 11_030, 13_870] as const;

function createMonths(): readonly FiguresMonth[] {
  return seasons.map((people, place) => {
    const month = `2026-${String(10 - place).padStart(2, '0')}`;
    const urls = { url: `/transparency/${month}`, fileUrl: `/transparency/${month}.json` };
    const total = createFigures(people, 400).signedIn;
    const digest = `q8Zr${place}kT1vXo2mN9wLb4sYc7dEf0gHj3uPa6iRz5xVt8y`;
    return { ...urls, month, edition: place === 2 ? 2 : 1, digest, isShown: place === 0, signedIn: total };
  });
}

function createShown({ words, frame }: World): FiguresShown {
  const health = frame.texts.language === 'ar' ? 'وزارة الصحة' : 'Ministry of Health';
  return {
    month: '2026-10',
    publishedAt: now - 20 * day,
    reason: null,
    size: 1_284_906,
    agencies: [
      { name: words.labour.agencyName, figures: createFigures(5240, 200) },
      { name: words.housing.agencyName, figures: createFigures(2660, 200) },
      { name: health, figures: createFigures(90, 200) },
    ],
    total: createFigures(8120, 400),
    unmasked: 31,
    unmaskedBy: [
      { name: words.labour.agencyName, people: 18 },
      { name: words.housing.agencyName, people: { below: 15 } },
      { name: health, people: { below: 15 } },
      { name: null, people: { below: 15 } },
    ],
    below: 200,
    step: 10,
  };
}

export function renderFiguresPages(world: World): readonly SamplePage[] {
  const { frame } = world;
  const places = { keysUrl: '/ledger/receipt-keys', verifierUrl: '/ledger/huwiya-verify.mjs' };
  return [
    { name: 'figures', document: renderTransparencyPage(frame, { shown: createShown(world), months: createMonths(), ...places }) },
    { name: 'figures-none', document: renderTransparencyPage(frame, { shown: null, months: [], ...places }) },
  ];
}
