// What an operator registers who wants spans, as small as it can be: keeps every span in memory, with everything that was ever said of it, and knows by the async
// context what belongs to what. Nothing here knows the product.

import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { ROOT_CONTEXT, TraceFlags, context, trace } from '@opentelemetry/api';
import type { Attributes, Context, ContextManager, Link, Span, SpanOptions, SpanStatus, TimeInput, Tracer } from '@opentelemetry/api';

export type RecordedSpan = {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string | undefined;
  readonly options: SpanOptions;
  /** The one it was begun with, and every later one. */
  readonly names: string[];
  readonly attributes: Attributes;
  readonly links: Link[];
  /** Events and exceptions. */
  readonly events: unknown[];
  status: SpanStatus | undefined;
  endedAt: TimeInput | undefined;
};

export const nameOf = ({ names }: RecordedSpan): string => names.at(-1) ?? '';

export type SpanRecorder = {
  readonly spans: readonly RecordedSpan[];
  /** Those that ended. */
  readonly find: (name: string) => readonly RecordedSpan[];
  readonly childrenOf: (span: RecordedSpan) => readonly RecordedSpan[];
  /** Nobody keeps anything any more. Test files share a process, so that each MUST do this. */
  readonly remove: () => void;
};

/** As a sampler decides it that keeps none. */
type Kept = 'all' | 'none';

function toSpan(kept: RecordedSpan, sampled: Kept): Span {
  const traceFlags = sampled === 'all' ? TraceFlags.SAMPLED : TraceFlags.NONE;
  const span: Span = {
    spanContext: () => ({ traceId: kept.traceId, spanId: kept.spanId, traceFlags }),
    setAttribute: (name, value) => span.setAttributes({ [name]: value }),
    setAttributes: (attributes) => {
      Object.assign(kept.attributes, attributes);
      return span;
    },
    addEvent: (...said) => {
      kept.events.push(said);
      return span;
    },
    addLink: (link) => span.addLinks([link]),
    addLinks: (links) => {
      kept.links.push(...links);
      return span;
    },
    setStatus: (status) => {
      kept.status = status;
      return span;
    },
    updateName: (name) => {
      kept.names.push(name);
      return span;
    },
    end: (at) => {
      kept.endedAt = at ?? Date.now();
    },
    isRecording: () => sampled === 'all' && kept.endedAt === undefined,
    recordException: (...said) => void kept.events.push(said),
  };
  return span;
}

function createTracer(spans: RecordedSpan[], sampled: Kept): Tracer {
  const startSpan = (name: string, options: SpanOptions = {}, at: Context = context.active()): Span => {
    const parent = options.root === true ? undefined : trace.getSpanContext(at);
    const kept: RecordedSpan = {
      traceId: parent?.traceId ?? randomBytes(16).toString('hex'),
      spanId: randomBytes(8).toString('hex'),
      parentId: parent?.spanId,
      options,
      names: [name],
      attributes: { ...options.attributes },
      links: [...(options.links ?? [])],
      events: [],
      status: undefined,
      endedAt: undefined,
    };
    spans.push(kept);
    return toSpan(kept, sampled);
  };
  const startActiveSpan = (): never => {
    throw new Error('nothing of the product begins a span so');
  };
  return { startSpan, startActiveSpan };
}

function createContextManager(): ContextManager {
  const active = new AsyncLocalStorage<Context>();
  const manager: ContextManager = {
    active: () => active.getStore() ?? ROOT_CONTEXT,
    with: (at, act, ...[, ...given]) => active.run(at, act, ...given),
    bind: (_, target) => target,
    enable: () => manager,
    disable: () => manager,
  };
  return manager;
}

export function registerSpanRecorder(sampled: Kept = 'all'): SpanRecorder {
  const spans: RecordedSpan[] = [];
  const tracer = createTracer(spans, sampled);
  if (!trace.setGlobalTracerProvider({ getTracer: () => tracer }) || !context.setGlobalContextManager(createContextManager())) {
    throw new Error('somebody else keeps spans');
  }
  return {
    spans,
    find: (name) => spans.filter((span) => nameOf(span) === name && span.endedAt !== undefined),
    childrenOf: ({ spanId }) => spans.filter(({ parentId }) => parentId === spanId),
    remove: () => {
      trace.disable();
      context.disable();
    },
  };
}
