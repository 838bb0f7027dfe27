// Spans for whoever follows requests through nodes, by the interface of OpenTelemetry. They are made where an operator registered an SDK before the node began,
// and nowhere else. Names and attributes come from a closed list, as in the log: personal data, tokens, addresses and texts of errors have no way in (ADR-0121).

import { SpanKind, SpanStatusCode, TraceFlags, context, isSpanContextValid, trace } from '@opentelemetry/api';
import type { Span, SpanContext, SpanOptions, Tracer } from '@opentelemetry/api';
import { Fault } from '../domain/kernel/errors.ts';
import type { Log, LogFields } from './log.ts';

/** Names of the semantic conventions, and ours. */
export type SpanFields = {
  /** `_OTHER` where the conventions know no such method. */
  readonly 'http.request.method'?: string;
  /** The pattern of a route, never a path. */
  readonly 'http.route'?: string;
  readonly 'http.response.status_code'?: number;
  /** A code of ours or of the protocol, or a status; never words. */
  readonly 'error.type'?: string;
  /** Host and port of an address that a service registered. */
  readonly 'server.address'?: string;
  readonly 'server.port'?: number;
  /** As the log and the answer have it. */
  readonly 'huwiya.reference'?: string;
  /** Kind of message that leaves. */
  readonly 'huwiya.topic'?: string;
  /** How much a commit holds; how many entries a round numbered. */
  readonly 'huwiya.writes'?: number;
  readonly 'huwiya.entries'?: number;
};

export type SpanStart = {
  /** Holds no value of a request. */
  readonly name: string;
  readonly kind: 'server' | 'client' | 'internal';
  readonly fields: SpanFields;
};

/** What a server of another kept of this request, as it came in the header `traceparent`: anybody can send anything. */
export type RequestStart = SpanStart & { readonly traceparent: string };

export type OpenSpan = {
  readonly note: (fields: SpanFields) => void;
  readonly rename: (name: string) => void;
  /** Marks it as one that somebody should look at. */
  readonly fail: () => void;
};

export type Spans = {
  /** What `work` begins becomes part of it. A fault that is thrown is noted by its code, and thrown on. */
  readonly within: <T>(start: SpanStart | RequestStart, work: (span: OpenSpan) => Promise<T>) => Promise<T>;
  /** One that is over, for what is only known at its end to be worth one. `begunAt` in milliseconds of the epoch. */
  readonly record: (start: SpanStart, ran: { readonly begunAt: number; readonly durationMs: number; readonly thrown?: unknown }) => void;
  /** Undefined where no span is under way, or where nobody keeps it. */
  readonly findTraceId: () => string | undefined;
};

const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL } as const;

const form = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;

/** Of what was sent the two numbers alone: what the other side samples or says besides is not ours to follow (ADR-0121). */
function findCaller(traceparent: string): SpanContext | undefined {
  const [, traceId = '', spanId = ''] = form.exec(traceparent) ?? [];
  const caller = { traceId, spanId, traceFlags: TraceFlags.NONE, isRemote: true };
  return isSpanContextValid(caller) ? caller : undefined;
}

function toOptions(start: SpanStart | RequestStart): SpanOptions {
  const options = { kind: kinds[start.kind], attributes: { ...start.fields } };
  if (!('traceparent' in start)) {
    return options;
  }
  const caller = findCaller(start.traceparent);
  return { ...options, root: true, links: caller === undefined ? [] : [{ context: caller }] };
}

/** Neither message nor stack: both may quote what was sent. */
function noteThrown(span: Span, thrown: unknown): void {
  span.setAttribute('error.type', thrown instanceof Fault ? thrown.code : 'internal/unexpected');
  span.setStatus({ code: SpanStatusCode.ERROR });
}

const toOpen = (span: Span): OpenSpan => ({
  note: (fields) => void span.setAttributes({ ...fields }),
  rename: (name) => void span.updateName(name),
  fail: () => void span.setStatus({ code: SpanStatusCode.ERROR }),
});

/**
 * Undefined where no SDK is registered: then nothing is wrapped, and a request costs what it did. Only a span tells whether there is one: that of a registered one
 * has a number. So the first one says that a node begins.
 */
export function findSpans(version: string): Spans | undefined {
  const tracer = trace.getTracer('huwiya', version);
  const first = tracer.startSpan('begin', { root: true });
  first.end();
  return isSpanContextValid(first.spanContext()) ? createSpans(tracer) : undefined;
}

function createSpans(tracer: Tracer): Spans {
  return {
    within: async (start, work) => {
      const span = tracer.startSpan(start.name, toOptions(start), context.active());
      try {
        return await context.with(trace.setSpan(context.active(), span), work, undefined, toOpen(span));
      } catch (thrown) {
        noteThrown(span, thrown);
        throw thrown;
      } finally {
        span.end();
      }
    },
    record: (start, { begunAt, durationMs, thrown }) => {
      const span = tracer.startSpan(start.name, { ...toOptions(start), startTime: begunAt }, context.active());
      if (thrown !== undefined) {
        noteThrown(span, thrown);
      }
      span.end(begunAt + durationMs);
    },
    findTraceId: () => {
      const span = trace.getActiveSpan();
      return span?.isRecording() === true ? span.spanContext().traceId : undefined;
    },
  };
}

/** The same log, whose lines name the trace that they belong to. */
export function toTracedLog(log: Log, spans: Spans | undefined): Log {
  if (spans === undefined) {
    return log;
  }
  const toFields = (fields: LogFields): LogFields => {
    const traceId = spans.findTraceId();
    return traceId === undefined ? fields : { ...fields, trace_id: traceId };
  };
  return {
    write: (level, message, fields) => log.write(level, message, toFields(fields)),
    fault: (code, thrown, fields) => log.fault(code, thrown, toFields(fields)),
  };
}
