// What the tools for which the files of deploy/ are written say of them.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { describeWithTool, findTool } from './find-tool.ts';

const deploy = fileURLToPath(new URL('../../deploy/', import.meta.url));

function run(tool: string, args: readonly string[], cwd = deploy): { readonly status: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(tool, args, { cwd, encoding: 'utf8' });
  return { status, said: `${stdout}${stderr}` };
}

const promtool = findTool('promtool', 'alarms of deploy/prometheus');
const systemd = findTool('systemd-analyze', 'units of deploy/systemd');
const kubectl = findTool('kubectl', 'manifests of deploy/kubernetes');

describeWithTool('Prometheus', promtool, (program) => {
  test('reads the alarms, and raises them when it should and not before', () => {
    for (const args of [
      ['check', 'rules', 'prometheus/alerts.yml'],
      ['test', 'rules', 'prometheus/alerts.test.yml'],
    ]) {
      expect(run(program, args)).toEqual({ status: 0, said: expect.stringContaining('SUCCESS') });
    }
  });
});

describeWithTool('systemd', systemd, (program) => {
  /** The units with the command where it is on this machine, so that all else is judged. */
  function place(): string {
    const folder = mkdtempSync(join(tmpdir(), 'huwiya-units-'));
    cpSync(join(deploy, 'systemd'), folder, { recursive: true });
    for (const name of ['huwiya.service', 'huwiya-doctor.service', 'huwiya-backup.service']) {
      const text = readFileSync(join(folder, name), 'utf8');
      writeFileSync(join(folder, name), text.replaceAll('/opt/huwiya/node_modules/.bin/node', process.execPath));
    }
    return folder;
  }

  test('reads every unit without a word, and finds little that a taken over node could do', () => {
    const folder = place();
    const units = ['huwiya.service', 'huwiya-doctor.service', 'huwiya-doctor.timer', 'huwiya-backup.service', 'huwiya-backup.timer'];
    const verified = run(program, ['verify', '--man=no', ...units], folder);
    // Of the machine, not of the units.
    const said = verified.said.split('\n').filter((line) => line !== '' && !/kernel system call list|huwiya\.md|SO_PASSCRED/.test(line));
    expect([verified.status, said]).toEqual([0, []]);
    for (const unit of units.filter((name) => name.endsWith('.service'))) {
      const judged = run(program, ['security', '--offline=true', '--threshold=20', unit], folder);
      expect([unit, judged.status, judged.said.includes('OK')]).toEqual([unit, 0, true]);
    }
    rmSync(folder, { recursive: true, force: true });
  });
});

const manifest = z.looseObject({ kind: z.string(), metadata: z.looseObject({ name: z.string(), namespace: z.string() }) });
const pod = z.looseObject({
  spec: z.looseObject({
    template: z.looseObject({
      spec: z.looseObject({
        containers: z.array(
          z.looseObject({
            image: z.string(),
            securityContext: z.looseObject({ readOnlyRootFilesystem: z.literal(true), allowPrivilegeEscalation: z.literal(false) }),
          }),
        ),
      }),
    }),
  }),
});

describeWithTool('kustomize', kubectl, (program) => {
  test('makes the manifests: all in one namespace, images by their digest, roots read-only', () => {
    const made = run(program, ['kustomize', 'kubernetes']);
    expect(made.status).toBe(0);
    const documents = parseAllDocuments(made.said).map((document) => manifest.parse(document.toJS()));
    expect(documents.map(({ kind }) => kind).toSorted()).toEqual([
      'ConfigMap',
      'Deployment',
      'NetworkPolicy',
      'PodDisruptionBudget',
      'Service',
      'Service',
      'ServiceAccount',
    ]);
    expect(documents.every(({ metadata }) => metadata.namespace === 'huwiya')).toBe(true);
    const deployment = pod.parse(documents.find(({ kind }) => kind === 'Deployment'));
    expect(deployment.spec.template.spec.containers.every(({ image }) => image.includes('@sha256:'))).toBe(true);
  });
});
