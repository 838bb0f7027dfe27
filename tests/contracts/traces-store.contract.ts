// What every store promises of traces: no more than the room of the day, nothing older than its life, and each number once.

import { describe, expect, it } from 'vitest';
import { dayMs } from '../../src/domain/kernel/clock.ts';
import { createUuid, systemRandom } from '../../src/domain/kernel/ids.ts';
import { mostADay } from '../../src/domain/traces/store.ts';
import type { KeptTrace, TraceFilter, TraceShare } from '../../src/domain/traces/store.ts';
import { traceLifeMs } from '../../src/domain/traces/trace.ts';
import type { Trace } from '../../src/domain/traces/trace.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createName, now } from '../support/store-samples.ts';

function createTrace(changes: Partial<Trace> = {}): Trace {
  const at = changes.at ?? now;
  return {
    id: createUuid(systemRandom, at),
    reference: createName(),
    at,
    clientId: createName(),
    endpoint: 'token',
    step: 'refused',
    visit: null,
    rule: 'pkce/mismatch',
    error: 'invalid_grant',
    detail: 'grant request is invalid',
    status: 400,
    asked: [
      { name: 'grant_type', value: 'authorization_code', note: null },
      { name: 'code', value: null, note: 'given' },
    ],
    expiresAt: at + traceLifeMs,
    ...changes,
  };
}

const everything: Omit<TraceFilter, 'clientIds'> = { kind: 'all', rule: null, from: null, to: null };

export function describeTracesStore(get: () => OpenedDatabase): void {
  const store = () => get().storage.traces;
  const save = async (traces: readonly Trace[], share: TraceShare = 'proven') =>
    store().saveTraces(
      traces.map((trace): KeptTrace => ({ trace, share })),
      [],
    );
  const list = async (clientId: string, filter: Partial<TraceFilter> = {}) => {
    const page = await store().listTraces({ ...everything, clientIds: [clientId], ...filter }, { after: null, limit: 50, now });
    return page.traces.map(({ reference }) => reference);
  };

  describe('traces', () => {
    it('are found by their number as they were written, and no longer when their life is over', async () => {
      const trace = createTrace();
      await save([trace]);
      expect(await store().findTrace(trace.reference, now)).toEqual(trace);
      expect(await store().findTrace(trace.reference, now + traceLifeMs)).toBeUndefined();
      expect(await store().findTrace('nothing', now)).toBeUndefined();
    });

    it('are no refusal where the service was only handed a nonce, unless that is what is looked for', async () => {
      const clientId = createName();
      const challenge = createTrace({ clientId, rule: 'dpop/nonce-needed', error: 'use_dpop_nonce' });
      await save([challenge]);
      expect(await list(clientId, { kind: 'refused' })).toEqual([]);
      expect(await list(clientId, { kind: 'refused', rule: 'dpop/nonce-needed' })).toEqual([challenge.reference]);
      expect(await list(clientId)).toEqual([challenge.reference]);
    });

    it('are written once under a number', async () => {
      const trace = createTrace();
      await Promise.all([save([trace]), save([{ ...createTrace(), reference: trace.reference }])]);
      expect(await list(trace.clientId)).toHaveLength((await store().findTrace(trace.reference, now))?.clientId === trace.clientId ? 1 : 0);
    });

    it('are listed by service, kind, rule and time, page by page, the newest first', async () => {
      const clientId = createName();
      const [old, step, young] = [
        createTrace({ clientId, at: now - 2000 }),
        createTrace({ clientId, at: now - 1000, step: 'code', rule: null, error: null, detail: null, asked: [] }),
        createTrace({ clientId, rule: 'scope/refused' }),
      ];
      await save([old, step, young, createTrace()]);
      expect(await list(clientId)).toEqual([young.reference, step.reference, old.reference]);
      expect(await list(clientId, { kind: 'refused' })).toEqual([young.reference, old.reference]);
      expect(await list(clientId, { rule: 'scope/refused' })).toEqual([young.reference]);
      expect(await list(clientId, { from: now - 1000, to: now })).toEqual([step.reference]);
      expect(await list(clientId, { clientIds: [] })).toEqual([]);
      const asked = { ...everything, clientIds: [clientId] };
      const first = await store().listTraces(asked, { after: null, limit: 2, now });
      const rest = await store().listTraces(asked, { after: first.next, limit: 2, now });
      expect([first.traces, rest.traces].map((page) => page.map(({ id }) => id))).toEqual([[young.id, step.id], [old.id]]);
      expect(rest.next).toBeNull();
    });

    it('of one sign-in come together for its own service alone', async () => {
      const [clientId, visit] = [createName(), createName()];
      const [asked, refused] = [createTrace({ clientId, visit, step: 'asked' }), createTrace({ clientId, visit, at: now + 10 })];
      await save([refused, asked, createTrace({ visit })]);
      expect((await store().listVisit(clientId, visit, now)).map(({ id }) => id)).toEqual([asked.id, refused.id]);
    });

    it('take no more than the room of the day, each share its own, whoever writes at once', async () => {
      const clientId = createName();
      const many = (count: number): readonly Trace[] => Array.from({ length: count }, () => createTrace({ clientId }));
      await store().saveTraces([], [{ clientId, at: now, share: 'unproven', count: 7 }]);
      await get().engine.atomic(function* () {
        yield {
          text: 'UPDATE trace_counts SET kept = ?, seen = ? WHERE client_id = ?',
          values: [mostADay.unproven - 10, mostADay.unproven - 3, clientId],
        };
      });
      await Promise.all([save(many(8), 'unproven'), save(many(5), 'unproven')]);
      await save(many(1), 'proven');
      await save([createTrace({ clientId, at: now + dayMs })], 'unproven');
      const [row] = await get().engine.read({ text: 'SELECT count(*) AS count FROM traces WHERE client_id = ?', values: [clientId] });
      expect(Number(row?.['count'])).toBe(10 + 2);
      expect(await store().countPassedOver([clientId], now)).toBe(7 + 3);
      expect(await store().countPassedOver([clientId], now + dayMs)).toBe(0);
      expect(await store().countPassedOver([], now)).toBe(0);
    });

    it('are removed by upkeep at the end of their life, and what is younger stays', async () => {
      const clientId = createName();
      const [dead, young] = [createTrace({ clientId, at: 1000 }), createTrace({ clientId, at: 1000 + dayMs })];
      await save([dead, young]);
      await get().storage.removeExpired(dead.expiresAt + 1);
      const left = await get().engine.read({ text: 'SELECT id FROM traces WHERE client_id = ?', values: [clientId] });
      expect(left).toEqual([{ id: young.id }]);
    });
  });
}
