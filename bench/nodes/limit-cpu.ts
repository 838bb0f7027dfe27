// A share of one core for a process, as a container gives it: both versions of control groups, whichever this machine lets us write.

import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const periodMicros = 20_000;

type Limit = { readonly folder: string; readonly files: (quota: number) => readonly (readonly [file: string, text: string])[] };

const limits: readonly Limit[] = [
  {
    folder: '/sys/fs/cgroup/cpu',
    files: (quota) => [
      ['cpu.cfs_period_us', String(periodMicros)],
      ['cpu.cfs_quota_us', String(quota)],
    ],
  },
  { folder: '/sys/fs/cgroup', files: (quota) => [['cpu.max', `${quota} ${periodMicros}`]] },
];

export type CpuGroup = { readonly add: (processId: number) => void; readonly remove: () => void };

/** `share` of one core for all processes of the group together. Undefined where this machine lets nobody do so. */
export function createCpuGroup(name: string, share: number): CpuGroup | undefined {
  for (const { files, folder } of limits) {
    const own = join(folder, `huwiya-${name}-${process.pid}`);
    try {
      mkdirSync(own);
      files(Math.round(share * periodMicros)).forEach(([file, text]) => writeFileSync(join(own, file), text));
      return {
        add: (processId) => writeFileSync(join(own, 'cgroup.procs'), String(processId)),
        remove: () => rmdirSync(own),
      };
    } catch {
      if (existsSync(own)) {
        rmdirSync(own);
      }
    }
  }
  return undefined;
}
