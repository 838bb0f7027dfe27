// What of a node may be followed, by which names, and what stays out of a span whatever goes wrong inside it.

import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { afterEach, describe, expect, it } from 'vitest';
import { Fault } from '../../../src/domain/kernel/errors.ts';
import { findSpans, toTracedLog } from '../../../src/telemetry/spans.ts';
import type { Spans } from '../../../src/telemetry/spans.ts';
import { createLog } from '../../../src/telemetry/log.ts';
import { toObject } from '../../support/raw-request.ts';
import { registerSpanRecorder } from '../../support/span-recorder.ts';
import type { SpanRecorder } from '../../support/span-recorder.ts';

let recorder: SpanRecorder | undefined;

afterEach(() => {
  recorder?.remove();
  recorder = undefined;
});

function begin(sampled: 'all' | 'none' = 'all'): { readonly spans: Spans; readonly kept: SpanRecorder } {
  recorder = registerSpanRecorder(sampled);
  const spans = findSpans('1.2.3');
  if (spans === undefined) {
    throw new Error('a registered SDK was not found');
  }
  return { spans, kept: recorder };
}

const work = { name: 'work', kind: 'internal', fields: {} } as const;

function createLines(spans: Spans | undefined) {
  const lines: string[] = [];
  const log = toTracedLog(createLog('info', { write: (line) => lines.push(line) }), spans);
  return { log, traceIds: () => lines.map((line) => toObject(line)['trace_id']) };
}

describe('Spans', () => {
  it('are made by nobody where no SDK is registered, and the log stays the very same', () => {
    expect(findSpans('1.2.3')).toBeUndefined();
    const log = createLog('info', { write: () => undefined });
    expect(toTracedLog(log, undefined)).toBe(log);
  });

  it('begin with one that says that a node begins', () => {
    const { kept } = begin();
    expect(kept.spans.map(({ names, attributes, parentId }) => ({ names, attributes, parentId }))).toEqual([
      { names: ['begin'], attributes: {}, parentId: undefined },
    ]);
  });

  it('hold what was begun inside them, across what is waited for', async () => {
    const { spans, kept } = begin();
    await spans.within({ ...work, kind: 'client', fields: { 'server.port': 443 } }, async (span) => {
      await Promise.resolve();
      await spans.within({ ...work, name: 'inner' }, async () => Promise.resolve());
      spans.record({ ...work, name: 'past' }, { begunAt: 1000, durationMs: 2.5 });
      span.note({ 'http.response.status_code': 204 });
      span.rename('renamed');
    });
    const [outer] = kept.find('renamed');
    expect(outer).toMatchObject({
      options: { kind: SpanKind.CLIENT },
      attributes: { 'server.port': 443, 'http.response.status_code': 204 },
    });
    expect(kept.spans.slice(2).map(({ names, parentId, traceId }) => [names[0], parentId, traceId])).toEqual([
      ['inner', outer?.spanId, outer?.traceId],
      ['past', outer?.spanId, outer?.traceId],
    ]);
    expect(kept.find('past')[0]).toMatchObject({ options: { startTime: 1000 }, endedAt: 1002.5, status: undefined });
  });

  it.each([
    ['a fault of ours by its code', new Fault('store/unavailable', 'of Sara'), 'store/unavailable'],
    ['anything else by no word of its own', new TypeError('Sara 1000000008'), 'internal/unexpected'],
    ['what lies under it not at all', new Error('failed', { cause: new Error('Sara') }), 'internal/unexpected'],
  ])('name %s, and throw it on', async (_, thrown, code) => {
    const { spans, kept } = begin();
    const failing = spans.within(work, async () => Promise.reject(thrown));
    await expect(failing).rejects.toBe(thrown);
    spans.record({ ...work, name: 'past' }, { begunAt: 1, durationMs: 1, thrown });
    for (const name of ['work', 'past']) {
      expect(kept.find(name)).toMatchObject([
        { attributes: { 'error.type': code }, status: { code: SpanStatusCode.ERROR }, events: [], names: [name] },
      ]);
    }
    expect(JSON.stringify(kept.spans)).not.toMatch(/Sara|1000000008/);
  });

  it('give lines of the log the number of their trace, and none outside of one', async () => {
    const { spans } = begin();
    const { log, traceIds } = createLines(spans);
    log.write('info', 'before', {});
    await spans.within(work, async () => {
      log.write('info', 'inside', {});
      log.fault('store/unavailable', undefined, {});
      return Promise.resolve();
    });
    expect(traceIds()).toEqual([undefined, expect.stringMatching(/^[0-9a-f]{32}$/), traceIds()[1]]);
  });

  it('give no number where the sampler keeps none of it', async () => {
    const { spans } = begin('none');
    const { log, traceIds } = createLines(spans);
    await spans.within(work, async () => Promise.resolve(log.write('info', 'inside', {})));
    expect(traceIds()).toEqual([undefined]);
  });

  it('point to a caller by its two numbers, and never continue what it began', async () => {
    const { spans, kept } = begin();
    const caller = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7'] as const;
    const start = { ...work, kind: 'server', traceparent: `00-${caller[0]}-${caller[1]}-01` } as const;
    await spans.within(work, async () => spans.within({ ...start, name: 'request' }, async () => Promise.resolve()));
    const [request] = kept.find('request');
    expect(request?.parentId).toBeUndefined();
    expect(request?.traceId).not.toBe(caller[0]);
    expect(request?.links).toEqual([{ context: { traceId: caller[0], spanId: caller[1], traceFlags: 0, isRemote: true } }]);
  });

  it.each([
    '',
    '00-00000000000000000000000000000000-00f067aa0ba902b7-01',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01',
    '00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01',
    '01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-sara',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    'sara@example.test',
  ])('point nowhere for the header "%s"', async (traceparent) => {
    const { spans, kept } = begin();
    await spans.within({ ...work, kind: 'server', traceparent }, async () => Promise.resolve());
    expect(kept.find('work')).toMatchObject([{ links: [], parentId: undefined }]);
  });
});
