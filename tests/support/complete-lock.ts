// The lockfile must name the packages of every platform, or `npm ci` refuses it. An installation from a source that lacks the packages of other
// platforms leaves them out; this adds them by name, version and platform. With `--check` it changes nothing and fails when one is missing.

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { z } from 'zod';

const file = fileURLToPath(new URL('../../package-lock.json', import.meta.url));
// The raw values are written back, because a parsed object would come out with its members in another order.
const record = z.record(z.string(), z.unknown());
const entrySchema = z.object({ optionalDependencies: z.record(z.string(), z.string()).optional(), dev: z.boolean().optional() });
const platformName =
  /(?<os>darwin|win32|linux|android|freebsd|openharmony)-(?<cpu>arm64|x64|ia32|arm|ppc64|riscv64|s390x)(?:-(?<libc>gnu|musl))?/;

const lock = record.parse(JSON.parse(readFileSync(file, 'utf8')));
const locked = record.parse(lock['packages']);
const named = Object.entries(locked).flatMap(([holder, raw]) => {
  const { optionalDependencies = {}, dev } = entrySchema.parse(raw);
  return Object.entries(optionalDependencies).map(([name, version]) => ({ holder, name, version, dev }));
});
const missing = named.filter(({ holder, name }) => !isLocked(holder, name));

function isLocked(holder: string, name: string): boolean {
  return [`node_modules/${name}`, `${holder}/node_modules/${name}`].some((path) => Object.hasOwn(locked, path));
}

function toEntry({ name, version, dev }: (typeof missing)[number]): Readonly<Record<string, unknown>> {
  const groups = platformName.exec(name)?.groups;
  if (groups === undefined || !/^\d+\.\d+\.\d+/.test(version)) {
    throw new Error(`${name}@${version} is missing from the lockfile, and its platform cannot be told from its name`);
  }
  const libc = groups['libc'] === 'gnu' ? 'glibc' : groups['libc'];
  return {
    version,
    cpu: [groups['cpu']],
    ...(dev === true ? { dev } : {}),
    ...(libc === undefined ? {} : { libc: [libc] }),
    optional: true,
    os: [groups['os']],
  };
}

if (missing.length > 0 && process.argv.includes('--check')) {
  console.log(
    `missing from the lockfile, run "node tests/support/complete-lock.ts":\n${missing.map(({ name }) => `  ${name}`).join('\n')}`,
  );
  process.exitCode = 1;
} else if (missing.length > 0) {
  const added = missing.map((one): [string, unknown] => [`node_modules/${one.name}`, toEntry(one)]);
  const packages = [...Object.entries(locked), ...added].toSorted(([a], [b]) => a.localeCompare(b, 'en'));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, undefined, 2)}\n`);
  console.log(`added ${added.length} packages of other platforms`);
}
