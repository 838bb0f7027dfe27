import { describe, expect, it } from 'vitest';
import { isMonth, listEndedMonths, toMonth, toPeriod } from '../../../../src/domain/audit/figures/month.ts';

describe('months of public figures', () => {
  it('begin and end at midnight of the state', () => {
    expect(toPeriod('2026-10')).toEqual({ from: Date.parse('2026-09-30T21:00:00Z'), to: Date.parse('2026-10-31T21:00:00Z') });
    expect(toPeriod('2026-12')?.to).toBe(Date.parse('2026-12-31T21:00:00Z'));
    expect(toMonth(Date.parse('2026-10-31T21:00:00Z'))).toBe('2026-11');
  });

  it.each(['2026-13', '2026-00', '2026-1', '26-10', '2026-10.json', '', '2026-10\n'])('takes %j for no month', (text) => {
    expect(isMonth(text)).toBe(false);
    expect(toPeriod(text)).toBeUndefined();
  });

  it('are listed only once they have ended', () => {
    const first = Date.parse('2026-08-12T00:00:00Z');
    expect(listEndedMonths(first, Date.parse('2026-10-31T20:59:59Z'))).toEqual(['2026-08', '2026-09']);
    expect(listEndedMonths(first, Date.parse('2026-10-31T21:00:00Z'))).toEqual(['2026-08', '2026-09', '2026-10']);
    expect(listEndedMonths(first, first)).toEqual([]);
  });
});
