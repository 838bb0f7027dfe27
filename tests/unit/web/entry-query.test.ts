import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { entryQuerySchema, parseEntryQuery } from '../../../src/web/audit/entry-query.ts';
import { isDay } from '../../../src/domain/kernel/clock.ts';
import { findFrom, findTo, toDay, toFromText, toToText } from '../../../src/web/audit/parse-instant.ts';
import { createAuditWorld } from '../../support/audit-world.ts';

const parse = async (query: string) => parseEntryQuery((await createAuditWorld(12)).needs, new URLSearchParams(query));

const day = (text: string): number => Date.parse(`${text}T00:00:00+03:00`);

describe('the query of a search', () => {
  it('asks for the newest fifty where nothing is given, or only empty fields', async () => {
    const nothing = { ok: true, value: { filter: {}, order: 'newest-first', place: { at: 'start' }, limit: 50 } };
    expect(await parse('')).toEqual(nothing);
    expect(await parse('service=&type=&from=&to=&lang=en')).toEqual(nothing);
  });

  it('takes every filter, types as a list or repeated', async () => {
    const query = 'type=consent.given,data.released&type=consent.given&service=mol-work-permit&purpose=permit-renewal&attribute=email';
    expect(await parse(`${query}&order=oldest-first&after=12&limit=500`)).toEqual({
      ok: true,
      value: {
        filter: {
          types: ['consent.given', 'data.released'],
          service: 'mol-work-permit',
          purpose: 'permit-renewal',
          attribute: 'email',
        },
        order: 'oldest-first',
        place: { at: 'after', index: 12 },
        limit: 500,
      },
    });
  });

  it('means whole days of the country, both included, and instants as they are', async () => {
    expect(await parse('from=2026-11-20&to=2026-11-21')).toMatchObject({
      value: { filter: { from: day('2026-11-20'), to: day('2026-11-22') } },
    });
    expect(await parse('from=2026-11-20T09:00:00Z&to=2026-11-20T12:00:00.5%2B03:00')).toMatchObject({
      value: { filter: { from: Date.parse('2026-11-20T09:00:00Z'), to: Date.parse('2026-11-20T09:00:00.5Z') } },
    });
    expect(toDay(day('2026-11-20'))).toBe('2026-11-20');
    expect(toDay(day('2026-11-20') - 1)).toBe('2026-11-19');
    expect([isDay('2026-02-28'), isDay('2026-02-29'), isDay('2026-2-1'), isDay('')]).toEqual([true, false, false, false]);
  });

  it('writes moments as the days in which a period begins and ends, where it is of whole days', () => {
    const instant = '2026-11-20T09:00:00.500Z';
    expect([toFromText(day('2026-11-20')), toToText(day('2026-11-22'))]).toEqual(['2026-11-20', '2026-11-21']);
    expect([toFromText(Date.parse(instant)), toToText(Date.parse(instant))]).toEqual([instant, instant]);
    for (const at of [day('2026-11-20'), Date.parse(instant)]) {
      expect([findFrom(toFromText(at)), findTo(toToText(at))]).toEqual([at, at]);
    }
  });

  it.each([
    ['type=consent.givn', 'type', 'type-unknown'],
    ['service=nobody', 'service', 'service-unknown'],
    ['service=%27%20OR%201=1', 'service', 'service-unknown'],
    ['purpose=nothing', 'purpose', 'purpose-unknown'],
    ['service=moh-clinic&purpose=permit-renewal', 'purpose', 'purpose-unknown'],
    ['attribute=1000000008', 'attribute', 'attribute-unknown'],
    ['from=yesterday', 'from', 'time-invalid'],
    ['from=2026-11-31', 'from', 'time-invalid'],
    ['to=2026-11-20T09:00:00', 'to', 'time-invalid'],
    ['from=2026-11-21&to=2026-11-20', 'to', 'time-order'],
    ['order=sideways', 'order', 'order-unknown'],
    ['after=-1', 'after', 'place-invalid'],
    ['after=1&before=2', 'before', 'place-twice'],
    ['after=1010101019', 'after', 'beyond-log'],
    ['before=1010101019', 'before', 'beyond-log'],
    ['limit=501', 'limit', 'limit-invalid'],
    ['limit=0', 'limit', 'limit-invalid'],
    ['service=moh-clinic&service=mol-work-permit', 'service', 'repeated'],
    ['servce=moh-clinic', 'servce', 'field-unknown'],
    ['__proto__=1', '__proto__', 'field-unknown'],
  ])('refuses %s and names the field', async (query, field, problem) => {
    expect(await parse(query)).toEqual({ ok: false, problems: [{ field, problem }] });
  });

  it('names every wrong field at once', async () => {
    expect(await parse('type=x&from=x&limit=x&service=nobody')).toMatchObject({
      ok: false,
      problems: [
        { field: 'type', problem: 'type-unknown' },
        { field: 'service', problem: 'service-unknown' },
        { field: 'from', problem: 'time-invalid' },
        { field: 'limit', problem: 'limit-invalid' },
      ],
    });
  });

  it('can be described to programs', () => {
    expect(z.toJSONSchema(entryQuerySchema)).toMatchObject({ type: 'object', additionalProperties: false });
  });
});
