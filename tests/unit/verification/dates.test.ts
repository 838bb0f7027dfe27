import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toDayText, toDurationText, toTimeText } from '../../../views/assets/verify-dates.js';
import { createDates } from '../../../views/dates.ts';
import { toDurationText as toServedDuration } from '../../../views/durations.ts';
import { createTexts } from '../../../views/messages/messages.ts';

const toText = (markup: unknown): string => String(markup).replaceAll(/<[^>]*>/g, '');
const moments = fc.date({ min: new Date('2020-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }).map((date) => date.getTime());

describe.each(['ar', 'en'] as const)('the words of the page that checks receipts, in %s', (language) => {
  it('are those of every other page, for any moment in both calendars', () => {
    const dates = createDates(language, 'Asia/Riyadh');
    fc.assert(
      fc.property(moments, (at) => {
        expect(toDayText(language, at)).toBe(toText(dates.day(at)));
        expect(toTimeText(language, at)).toBe(toText(dates.time(at)));
      }),
    );
  });

  it.each(['P2Y', 'P1Y', 'P3M', 'P11M', 'P100M', 'P2M', 'P1W', 'P30D', 'P1D', 'P1Y6M', 'PT20M', 'PT2H'])('are those for %s', (duration) => {
    const served = toServedDuration(createTexts(language), duration).replaceAll(/[\u2066-\u2069]/g, '');
    expect(toDurationText(language, duration)).toBe(served);
  });
});
