// Numbers for whoever watches a node, in the text form that Prometheus reads (exposition format 0.0.4), at a listener of their own. None is about a person.

import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { Listener } from '../config/config.ts';
import { metricCatalogue } from './metric-catalogue.ts';
import type { MetricName } from './metric-catalogue.ts';

export type Sample = {
  /** Of a histogram. */
  readonly suffix?: '_bucket' | '_sum' | '_count';
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
};

export type Metric = { readonly name: MetricName; readonly samples: readonly Sample[] };

/** One number without a label. */
export const toMetric = (name: MetricName, value: number): Metric => ({ name, samples: [{ value }] });

const escapeLabel = (text: string): string =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', String.raw`\"`)
    .replaceAll('\n', String.raw`\n`);

function toLine(name: MetricName, { suffix, labels = {}, value }: Sample): string {
  const said = Object.entries(labels).map(([label, text]) => `${label}="${escapeLabel(text)}"`);
  return `${name}${suffix ?? ''}${said.length === 0 ? '' : `{${said.join(',')}}`} ${value}`;
}

function toLines({ name, samples }: Metric): readonly string[] {
  const { help, kind } = metricCatalogue[name];
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`, ...samples.map((sample) => toLine(name, sample))];
}

export function toMetricsText(metrics: readonly Metric[]): string {
  return `${metrics.flatMap(toLines).join('\n')}\n`;
}

export type MetricsListener = { readonly open: () => Promise<void>; readonly close: () => Promise<void> };

async function answer(response: ServerResponse, read: () => Promise<readonly Metric[]>): Promise<void> {
  try {
    const text = toMetricsText(await read());
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' }).end(text);
  } catch {
    // The reason is in the log of whoever needed the database.
    response.writeHead(503).end();
  }
}

/** Answers GET /metrics alone. */
export function createMetricsListener({ host, port }: Listener, read: () => Promise<readonly Metric[]>): MetricsListener {
  const server = createServer({ requestTimeout: 5000, headersTimeout: 5000 }, (request, response) => {
    if (request.method === 'GET' && request.url === '/metrics') {
      void answer(response, read);
    } else {
      response.writeHead(404).end();
    }
  });
  return {
    open: async () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, resolve);
      }),
    close: async () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
