// Keeps spans of a node and sends them to a collector by OTLP. Put this folder at /opt/huwiya-tracing, run `npm ci --ignore-scripts` in it, and start the node,
// and nothing else, with NODE_OPTIONS=--import=/opt/huwiya-tracing/otel.mjs. OTEL_EXPORTER_OTLP_ENDPOINT says where the collector is, and
// OTEL_TRACES_SAMPLER_ARG which share of all requests is kept: one in ten where it says nothing.
//
// Register no instrumentation here: one for HTTP or for a database writes paths, queries, addresses and statements into spans, and with them codes, tokens and
// people. No propagator either: a node tells nobody whom it calls that the call is followed.

import { isMainThread } from 'node:worker_threads';
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, ParentBasedSampler, TraceIdRatioBasedSampler, TracerProvider } from '@opentelemetry/sdk-trace';

// Threads of the node load this file too, and make no spans.
if (isMainThread) {
  const share = Number(process.env['OTEL_TRACES_SAMPLER_ARG'] ?? '0.1');
  const provider = new TracerProvider({
    // Named by hand: what detects a process or a host says more than anybody needs.
    resource: resourceFromAttributes({ 'service.name': 'huwiya' }),
    // The children of one that is kept are kept too.
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  // The last of a node that stops cleanly.
  process.once('beforeExit', () => void provider.shutdown());
}
