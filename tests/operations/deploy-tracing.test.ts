// What an operator registers who wants spans: against what a node takes, and, where its packages are installed in var/tracing, with a node and a collector.
// To install them: mkdir -p var/tracing; cp deploy/tracing/package*.json var/tracing; npm ci --ignore-scripts --prefix var/tracing

import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { writeSetup } from '../../src/config/write-setup.ts';
import { startCommand } from '../support/command.ts';
import { placeMigratedFile } from '../support/migrated-file.ts';
import { reportNotCollected } from '../support/not-collected.ts';
import { findFreePort } from '../support/world.ts';
import { describeWithTool } from './find-tool.ts';

const folder = fileURLToPath(new URL('../../deploy/tracing/', import.meta.url));
const file = join(folder, 'otel.mjs');
const beside = fileURLToPath(new URL('../../var/tracing/', import.meta.url));

const manifest = z.object({ dependencies: z.record(z.string(), z.string()) });
const lock = z.object({
  packages: z.record(z.string(), z.looseObject({ integrity: z.string().optional(), license: z.string().optional() })),
});
const readManifest = (path: string): Readonly<Record<string, string>> =>
  manifest.parse(JSON.parse(readFileSync(path, 'utf8'))).dependencies;

/** OTLP in JSON, as far as it is looked at. */
const spanSchema = z.object({
  name: z.string(),
  attributes: z.array(z.object({ key: z.string() })),
  links: z.array(z.unknown()).optional(),
});
const sentSchema = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(z.object({ key: z.string() })) }),
      scopeSpans: z.array(z.object({ spans: z.array(spanSchema) })),
    }),
  ),
});

type Sent = z.infer<typeof sentSchema>;

async function startCollector(): Promise<{ readonly url: string; readonly sent: readonly Sent[]; readonly close: () => void }> {
  const port = await findFreePort();
  const sent: Sent[] = [];
  const server = createServer((request, response) => {
    const parts: string[] = [];
    request.setEncoding('utf8').on('data', (part: string) => parts.push(part));
    request.on('end', () => {
      sent.push(sentSchema.parse(JSON.parse(parts.join(''))));
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  server.listen(port, '127.0.0.1');
  return { url: `http://127.0.0.1:${port}`, sent, close: () => void server.close() };
}

describe('deploy/tracing', () => {
  const asked = readManifest(join(folder, 'package.json'));
  const text = readFileSync(file, 'utf8');

  it('registers nothing that looks into requests or statements, and nothing that tells others', () => {
    const packages = [...text.matchAll(/from '([^']+)'/g)].map(([, name = '']) => name).filter((name) => !name.startsWith('node:'));
    expect(packages.toSorted()).toEqual(Object.keys(asked).toSorted());
    expect(packages.filter((name) => /instrumentation|propagator|sdk-node|auto/.test(name))).toEqual([]);
    expect(text).not.toMatch(/setGlobalPropagator|registerInstrumentations|detectResources/);
  });

  it('brings the interface in a version that a node accepts: the same first number, and the second no smaller', () => {
    const own = readManifest(fileURLToPath(new URL('../../package.json', import.meta.url)))['@opentelemetry/api'] ?? '';
    const toNumbers = (version: string): readonly number[] => version.split('.').map(Number);
    const [ownFirst = 0, ownSecond = 0] = toNumbers(own);
    const [first, second] = toNumbers(asked['@opentelemetry/api'] ?? '');
    expect(first).toBe(ownFirst);
    expect(second).toBeGreaterThanOrEqual(ownSecond);
  });

  it('names exact versions, each with a checksum and a licence that the product may stand beside', () => {
    expect(Object.values(asked).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    const { packages } = lock.parse(JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')));
    const locked = Object.entries(packages).filter(([path]) => path !== '');
    expect(locked.length).toBeGreaterThanOrEqual(Object.keys(asked).length);
    expect(locked.filter(([, { integrity, license }]) => !integrity?.startsWith('sha512-') || license !== 'Apache-2.0')).toEqual([]);
  });
});

const installed = existsSync(join(beside, 'node_modules')) ? join(beside, 'otel.mjs') : undefined;
if (installed === undefined) {
  reportNotCollected('a node with deploy/tracing', 'its packages are not installed in var/tracing');
}

describeWithTool('a node with deploy/tracing', installed, (module) => {
  it('sends its spans to a collector, also the last ones when it stops', async () => {
    copyFileSync(file, module);
    const state = mkdtempSync(join(tmpdir(), 'huwiya-tracing-'));
    const issuer = `http://localhost:${await findFreePort()}`;
    expect(writeSetup({ issuer, folder: join(state, 'node') }).ok).toBe(true);
    await placeMigratedFile(join(state, 'node', 'huwiya.db'));
    const collector = await startCollector();
    const env = { NODE_OPTIONS: `--import=${module}`, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_TRACES_SAMPLER_ARG: '1' };
    const node = await startCommand(['serve', '--config', join(state, 'node', 'huwiya.env')], /Huwiya answers/, env);
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00';
    expect((await fetch(`${issuer}/services`, { headers: { traceparent } })).status).toBe(200);
    const { code, stdout } = await node.stop();
    collector.close();
    rmSync(state, { recursive: true, force: true });
    expect([code, stdout.includes('"spans":true'), stdout.includes('"trace_id":"')]).toEqual([0, true, true]);
    const all = collector.sent.flatMap(({ resourceSpans }) => resourceSpans);
    const spans = all.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
    expect(new Set(spans.map(({ name }) => name))).toEqual(new Set(['begin', 'sequence', 'GET /services']));
    expect(spans.find(({ name }) => name === 'GET /services')?.links).toHaveLength(1);
    expect(new Set(all.flatMap(({ resource }) => resource.attributes.map(({ key }) => key)))).toEqual(new Set(['service.name']));
  });
});
