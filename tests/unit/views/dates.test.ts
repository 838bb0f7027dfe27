import { describe, expect, test } from 'vitest';

import { toHijriDay } from '../../../src/domain/attributes/derivations.ts';
import { toReleasedClaims } from '../../../src/domain/attributes/release-claims.ts';
import { addDuration, toTimestamp } from '../../../src/domain/kernel/clock.ts';
import { createDates } from '../../../views/dates.ts';
import { toDaysText, toDurationText } from '../../../views/durations.ts';
import { createTexts } from '../../../views/messages/messages.ts';

const at = Date.parse('2026-11-21T09:14:00Z');
const arabic = createDates('ar', 'Asia/Riyadh');
const english = createDates('en', 'Asia/Riyadh');

function toPlain(markup: { toString(): string }): string {
  return String(markup)
    .replace(/<[^>]*>/g, '')
    .replaceAll('\u00a0', ' ');
}

/** Around the change of the hour in New York and in London, at the end of a year, and on a leap day. */
const delicate = ['2026-03-08T06:59:59Z', '2026-03-29T00:30:00Z', '2026-10-25T01:30:00Z', '2026-12-31T23:59:59Z', '2028-02-29T21:00:00Z'];

/** Everything that is said, counted or computed of a day. */
function sayAll(): readonly string[] {
  return delicate.flatMap((text) => {
    const moment = Date.parse(text);
    const said = [createDates('ar', 'Asia/Riyadh'), createDates('en', 'Asia/Riyadh')].flatMap((dates) => [
      String(dates.deadline(moment)),
      dates.dayKey(moment),
      String(dates.calendarDay(text.slice(0, 10))),
      String(dates.countDays(moment, moment + 40 * 86_400_000)),
    ]);
    const clock = { now: () => moment };
    const released = toReleasedClaims(
      { clock },
      { kind: 'citizen', data: { birthdate: '2008-02-29' }, names: ['age_over_18'], locales: [] },
    );
    return [...said, String(addDuration(moment, 'P1Y1M1DT1H')), toTimestamp(moment), JSON.stringify(released.claims), toHijriDay(moment)];
  });
}

test.each(['Pacific/Kiritimati', 'America/New_York', 'Europe/London', 'Asia/Tehran'])(
  'FT-26 nothing that is said of a day depends on where the machine stands: %s',
  (zone) => {
    const own = process.env['TZ'];
    const expected = sayAll();
    try {
      process.env['TZ'] = zone;
      expect(new Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone);
      expect(sayAll()).toEqual(expected);
    } finally {
      if (own === undefined) {
        delete process.env['TZ'];
      } else {
        process.env['TZ'] = own;
      }
    }
  },
);

describe('a date', () => {
  test('that decides something stands in both calendars, Gregorian first', () => {
    expect(toPlain(arabic.day(at))).toBe('21 نوفمبر 2026 (11 جمادى الآخرة 1448 هـ)');
    expect(toPlain(english.day(at))).toBe('21 November 2026 (11 Jumada II 1448 AH)');
  });

  test('of the Hijri calendar has English month names without diacritics', () => {
    expect(toPlain(english.day(Date.parse('2027-09-03T12:00:00Z')))).toBe('3 September 2027 (2 Rabi II 1449 AH)');
    expect(toPlain(english.day(Date.parse('2026-05-05T12:00:00Z')))).toBe('5 May 2026 (18 Dhul\u2011Qidah 1447 AH)');
    expect(toPlain(english.day(Date.parse('2026-01-25T12:00:00Z')))).toBe('25 January 2026 (6 Shaban 1447 AH)');
  });

  test('is as many days away as the calendar of the state has turned, whatever the hour', () => {
    const lateInRiyadh = Date.parse('2026-11-22T20:50:00Z');
    expect(english.countDays(lateInRiyadh, Date.parse('2026-12-02T20:49:00Z'))).toBe(10);
    expect(english.countDays(lateInRiyadh, lateInRiyadh + 20 * 60_000)).toBe(1);
    expect(english.countDays(lateInRiyadh, lateInRiyadh + 60_000)).toBe(0);
    expect(english.countDays(lateInRiyadh, lateInRiyadh + 30 * 86_400_000)).toBe(30);
  });

  test('never breaks inside and names its moment for machines', () => {
    expect(String(arabic.shortDay(at))).toBe('<time datetime="2026-11-21T09:14:00.000Z">21\u00a0نوفمبر\u00a02026</time>');
  });

  test('of the calendar is the same day in every time zone', () => {
    const samoa = createDates('en', 'Pacific/Apia');
    expect(toPlain(samoa.calendarDay('1990-05-17'))).toBe('17 May 1990 (22 Shawwal 1410 AH)');
    expect(toPlain(samoa.calendarDay('<b>'))).toBe('&lt;b&gt;');
  });
});

describe('a time', () => {
  test.each([
    ['2026-11-21T06:14:00Z', '9:14 صباحًا', '9:14 am'],
    ['2026-11-21T09:26:00Z', '12:26 ظهرًا', '12:26 pm'],
    ['2026-11-21T17:11:00Z', '8:11 مساءً', '8:11 pm'],
    ['2026-11-20T21:05:00Z', '12:05 صباحًا', '12:05 am'],
  ])('%s reads %s and %s', (moment, ar, en) => {
    expect(toPlain(arabic.time(Date.parse(moment)))).toBe(ar);
    expect(toPlain(english.time(Date.parse(moment)))).toBe(en);
  });

  test('after a date follows the comma of the language', () => {
    expect(toPlain(arabic.moment(at))).toBe('21 نوفمبر 2026، 12:14 ظهرًا');
    expect(toPlain(english.moment(at))).toBe('21 November 2026, 12:14 pm');
  });
});

describe('a duration', () => {
  const isolates = /[\u2066-\u2069]/g;
  test.each([
    ['P1Y', 'سنة', '1 year'],
    ['P2Y', 'سنتان', '2 years'],
    ['P10Y', '10 سنوات', '10 years'],
    ['P11M', '11 شهرًا', '11 months'],
    ['P1Y6M', 'سنة و6 أشهر', '1 year and 6 months'],
    ['P30D', '30 يومًا', '30 days'],
    ['P100D', '100 يوم', '100 days'],
    ['PT2H', 'ساعتان', '2 hours'],
    ['PT30S', 'أقل من دقيقة', 'less than a minute'],
    ['nonsense', 'أقل من دقيقة', 'less than a minute'],
  ])('%s reads %s and %s', (duration, ar, en) => {
    expect(toDurationText(createTexts('ar'), duration).replace(isolates, '')).toBe(ar);
    expect(toDurationText(createTexts('en'), duration).replace(isolates, '')).toBe(en);
  });

  test.each([
    [24, 'يوم', '1 day'],
    [36, 'يوم و12 ساعة', '1 day and 12 hours'],
    [48, 'يومان', '2 days'],
    [72, '3 أيام', '3 days'],
    [168, '7 أيام', '7 days'],
    [264, '11 يومًا', '11 days'],
  ])('of %i hours reads %s and %s', (hours, ar, en) => {
    expect(toDaysText(createTexts('ar'), hours).replace(isolates, '')).toBe(ar);
    expect(toDaysText(createTexts('en'), hours).replace(isolates, '')).toBe(en);
  });
});
