// Whether the lockfile says exactly what is installed, and from nowhere but a registry: no package without a checksum, none by address, none under another name;
// and no script of any of them runs at the installation.

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const root = fileURLToPath(new URL('../../', import.meta.url));

const entrySchema = z.looseObject({
  name: z.string().optional(),
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  link: z.boolean().optional(),
  dev: z.boolean().optional(),
  devOptional: z.boolean().optional(),
  optional: z.boolean().optional(),
});
const lockSchema = z.looseObject({ lockfileVersion: z.number(), packages: z.record(z.string(), entrySchema) });
const dependencies = z.record(z.string(), z.string()).default({});
const manifestSchema = z.looseObject({
  dependencies,
  devDependencies: dependencies,
  optionalDependencies: dependencies,
});

type Entry = z.infer<typeof entrySchema>;
type Locked = readonly [path: string, entry: Entry];

const readJson = (path: string): unknown => JSON.parse(readFileSync(root + path, 'utf8'));
const lock = lockSchema.parse(readJson('package-lock.json'));
const installed = lockSchema.parse(readJson('node_modules/.package-lock.json'));
const manifest = manifestSchema.parse(readJson('package.json'));

const toName = (path: string): string => path.split('node_modules/').at(-1) ?? '';

/** Of another platform: named, so that an installation there finds it, and known by its version alone. */
const isForeign = (path: string, { optional = false, devOptional = false }: Entry): boolean =>
  (optional || devOptional) && !existsSync(`${root}${path}/package.json`);

function findEntryFaults([path, entry]: Locked): readonly string[] {
  const isRegistry = entry.resolved === undefined || entry.resolved.startsWith('https://registry.npmjs.org/');
  const isAlias = entry.name !== undefined && entry.name !== toName(path);
  const declared = { ...manifest.dependencies, ...manifest.devDependencies }[toName(path)];
  const checks: readonly (readonly [holds: boolean, fault: string])[] = [
    [isRegistry, 'does not come from the registry'],
    [entry.integrity?.startsWith('sha512-') === true || isForeign(path, entry), 'has no SHA-512'],
    [entry.integrity !== undefined || entry.dev === true, 'is no tool of development, and has no checksum'],
    [!isAlias || declared?.startsWith(`npm:${entry.name}@`) === true, `is another package, ${entry.name}`],
  ];
  return checks.filter(([holds]) => !holds).map(([, fault]) => `${path} ${fault}`);
}

const locked: readonly Locked[] = Object.entries(lock.packages).filter(
  ([path, { link }]) => path.includes('node_modules/') && link !== true,
);

function findInstalledFaults(): readonly string[] {
  return Object.entries(installed.packages).flatMap(([path, entry]) => {
    const named = lock.packages[path];
    const isSame =
      named !== undefined && named.version === entry.version && (entry.integrity === undefined || named.integrity === entry.integrity);
    return isSame ? [] : [`${path} is installed otherwise than the lockfile says; run "npm ci"`];
  });
}

function findVersionFaults(): readonly string[] {
  const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
  return Object.entries(all)
    .filter(([, version]) => !/^(?:npm:[^@]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))
    .map(([name, version]) => `${name} is asked for as ${version}, which is not one version`);
}

const scripts = /^ignore-scripts=true$/m.test(readFileSync(`${root}.npmrc`, 'utf8'))
  ? []
  : ['.npmrc no longer keeps scripts of packages from running'];
const faults = [...scripts, ...locked.flatMap(findEntryFaults), ...findInstalledFaults(), ...findVersionFaults()];
faults.forEach((fault) => console.log(fault));
console.log(`${locked.length} packages are locked`);
if (faults.length > 0 || lock.lockfileVersion !== 3) {
  process.exitCode = 1;
}
