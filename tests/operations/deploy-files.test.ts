// The files of deploy/ against the product: what they name is there, and what they bound agrees with what a node bounds. Reads text alone; what the tools
// themselves say of the files is in deploy-tools.test.ts.

import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { getSettingNotes } from '../../src/config/parse-config.ts';
import { writeSetup } from '../../src/config/write-setup.ts';
import { metricCatalogue } from '../../src/telemetry/metric-catalogue.ts';
import { largestBodyBytes } from '../../src/web/body.ts';
import { connectionLimits } from '../../src/web/listener.ts';
import { startProgram } from '../support/command.ts';
import { placeMigratedFile } from '../support/migrated-file.ts';
import { findFreePort } from '../support/world.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string): string => readFileSync(join(root, 'deploy', path), 'utf8');
const files = readdirSync(join(root, 'deploy'), { recursive: true, encoding: 'utf8' }).filter((path) =>
  statSync(join(root, 'deploy', path)).isFile(),
);

const settings = new Set<string>(getSettingNotes().map(({ name }) => name));
const findSettings = (text: string): readonly string[] => [...text.matchAll(/HUWIYA_[A-Z_]+/g)].map(([name]) => name);

const suffixes = /_(?:bucket|sum|count)$/;
const findMetrics = (text: string): readonly string[] =>
  [...text.matchAll(/\b(?:huwiya|process)_[a-z_]+(?=[\s{[)]|$)/gm)].map(([name]) => name.replace(suffixes, ''));

const parseYaml = (path: string): readonly unknown[] =>
  parseAllDocuments(read(path)).map((document) => {
    expect([path, document.errors]).toEqual([path, []]);
    const value: unknown = document.toJS();
    return value;
  });

const alertSchema = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          labels: z.object({ severity: z.enum(['page', 'ticket']) }),
          annotations: z.object({ summary: z.string(), runbook: z.string() }),
        }),
      ),
    }),
  ),
});

const targetSchema = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).default([]) })),
});

describe('the files of deploy/', () => {
  it.each(files)('%s names settings that there are, and holds no secret', (path) => {
    const text = read(path);
    expect(findSettings(text).filter((name) => !settings.has(name))).toEqual([]);
    expect(text).not.toMatch(/PRIVATE KEY|password\s*[=:]\s*\S{4}|"d":/i);
  });

  it('are YAML where they say so', () => {
    const yaml = files.filter((path) => path.endsWith('.yaml') || path.endsWith('.yml'));
    expect(yaml.length).toBeGreaterThan(8);
    yaml.forEach((path) => expect(parseYaml(path).length).toBeGreaterThan(0));
  });

  it('raise alarms by numbers that a node tells, each with a runbook that is there', () => {
    const rules = alertSchema.parse(parseYaml('prometheus/alerts.yml')[0]).groups.flatMap((group) => group.rules);
    expect(rules.length).toBeGreaterThan(20);
    for (const { alert, expr, annotations } of rules) {
      const unknown = findMetrics(expr).filter((name) => !Object.hasOwn(metricCatalogue, name));
      expect([alert, unknown, existsSync(join(root, annotations.runbook))]).toEqual([alert, [], true]);
      expect([alert, expr.includes('up{') || findMetrics(expr).length > 0]).toEqual([alert, true]);
    }
    expect(findMetrics('rate(huwiya_answer_seconds_bucket{area="x"}[5m]) > huwiya_nothing')).toEqual([
      'huwiya_answer_seconds',
      'huwiya_nothing',
    ]);
  });

  it('draw numbers that a node tells, all of the ones that somebody should see', () => {
    const { panels } = targetSchema.parse(JSON.parse(read('grafana/huwiya.json')));
    const drawn = panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => findMetrics(expr)));
    expect(drawn.filter((name) => !Object.hasOwn(metricCatalogue, name))).toEqual([]);
    const left = Object.keys(metricCatalogue).filter((name) => !drawn.includes(name));
    expect(left).toEqual(['huwiya_log_unwitnessed_entries', 'huwiya_log_verified_entries']);
  });

  it('let nginx take what a node takes, and wait as long', () => {
    const text = read('nginx/huwiya.conf');
    const find = (pattern: RegExp): string => pattern.exec(text)?.[1] ?? '';
    expect(Number(find(/client_max_body_size (\d+)k;/)) * 1024).toBe(largestBodyBytes);
    expect(Number(find(/large_client_header_buffers \d+ (\d+)k;/)) * 1024).toBe(connectionLimits.headerBytes);
    expect(Number(find(/client_header_timeout (\d+)s;/)) * 1000).toBe(connectionLimits.headersMs);
    expect(Number(find(/proxy_send_timeout (\d+)s;/)) * 1000).toBe(connectionLimits.requestMs);
    const kept = [...text.matchAll(/keepalive_timeout (\d)s;/g)].map(([, seconds]) => Number(seconds) * 1000);
    expect(kept.length).toBe(2);
    expect(kept.every((ms) => ms < connectionLimits.keepAliveMs)).toBe(true);
    const logged = [...(/log_format huwiya[^;]+;/.exec(text)?.[0] ?? '').matchAll(/\$(\w+)/g)].map(([, name]) => name);
    const harmless = [
      'time_iso8601',
      'upstream_http_x_request_id',
      'request_method',
      'status',
      'request_time',
      'upstream_addr',
      'bytes_sent',
    ];
    expect(logged).toEqual(harmless);
  });

  it('give a node longer to stop than it takes', () => {
    const unit = Number(/TimeoutStopSec=(\d+)/.exec(read('systemd/huwiya.service'))?.[1]);
    const pod = Number(/terminationGracePeriodSeconds: (\d+)/.exec(read('kubernetes/deployment.yaml'))?.[1]);
    const notice = Number(/HUWIYA_STOP_NOTICE=(\d+)/.exec(read('kubernetes/settings.env'))?.[1]);
    // The longest notice that the settings allow.
    expect(unit).toBeGreaterThanOrEqual(60 + 20);
    expect(pod).toBeGreaterThanOrEqual(notice + 20);
  });

  it('put into an image all that a node needs, and nothing else', async () => {
    const image = mkdtempSync(join(tmpdir(), 'huwiya-image-'));
    const copied = [...read('container/Containerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths = '']) =>
      paths.split(' '),
    );
    const allowed = [...read('container/containerignore').matchAll(/^!(.+)$/gm)].map(([, path = '']) => path);
    expect(copied.toSorted()).toEqual(allowed.toSorted());
    copied.forEach((path) => {
      mkdirSync(dirname(join(image, path)), { recursive: true });
      cpSync(join(root, path), join(image, path), { recursive: true });
    });
    symlinkSync(join(root, 'node_modules'), join(image, 'node_modules'));
    const huwiya = join(image, 'bin', 'huwiya.mjs');
    const issuer = `http://localhost:${await findFreePort()}`;
    const state = join(image, 'state');
    expect(writeSetup({ issuer, folder: state }).ok).toBe(true);
    await placeMigratedFile(join(state, 'huwiya.db'));
    const config = ['--config', join(state, 'huwiya.env')];
    const node = await startProgram([huwiya, 'serve', ...config], /Huwiya answers/);
    for (const path of ['/readyz', '/', '/ledger/huwiya-verify.mjs', '/.well-known/openid-configuration']) {
      expect([path, (await fetch(`${issuer}${path}`)).status]).toEqual([path, 200]);
    }
    expect((await node.stop()).code).toBe(0);
    rmSync(image, { recursive: true, force: true });
  });
});
