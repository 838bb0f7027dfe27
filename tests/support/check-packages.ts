// What the product is made of, and under which licences: writes the bill of materials of what an installation of the product holds (CycloneDX, by npm itself)
// to var/sbom.cdx.json, and fails on a licence that nobody allowed. Licences are read from the packages themselves.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Such as the product may be given away with. The last one is for the font. */
const forProduct: ReadonlySet<string> = new Set(['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'OFL-1.1']);

/** Of tools besides, which are given to nobody. */
const forTools: ReadonlySet<string> = new Set([
  ...forProduct,
  'MPL-2.0',
  'CC-BY-3.0',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Python-2.0',
  'Artistic-2.0',
  'WTFPL',
]);

/** Which say it in their text alone. */
const readByUs: ReadonlyMap<string, string> = new Map([['node_modules/pause', 'MIT']]);

const component = z.looseObject({ name: z.string(), version: z.string(), purl: z.string() });
const bill = z.looseObject({ bomFormat: z.literal('CycloneDX'), components: z.array(component) });
const lock = z.looseObject({
  packages: z.record(
    z.string(),
    z.looseObject({ link: z.boolean().optional(), dev: z.boolean().optional(), devOptional: z.boolean().optional() }),
  ),
});
/** `licenses` is how packages of long ago say it. */
const manifest = z.looseObject({ license: z.string().optional(), licenses: z.array(z.looseObject({ type: z.string() })).optional() });

const readJson = (path: string): unknown => JSON.parse(readFileSync(root + path, 'utf8'));

/** SPDX: of several that are offered one is enough; of several that hold together each must be allowed. */
function isAllowed(expression: string, allowed: ReadonlySet<string>): boolean {
  const parts = expression.replaceAll(/[()]/g, '').split(/ OR /);
  return parts.some((part) => part.split(/ AND /).every((name) => allowed.has(name.trim())));
}

function judge(path: string, isTool: boolean): string | undefined {
  const said = manifest.parse(readJson(`${path}/package.json`));
  const license = said.license ?? said.licenses?.map(({ type }) => type).join(' OR ') ?? readByUs.get(path) ?? 'none';
  return isAllowed(license, isTool ? forTools : forProduct) ? undefined : `${path}: ${license}${isTool ? ' (a tool)' : ''}`;
}

const installed = Object.entries(lock.parse(readJson('node_modules/.package-lock.json')).packages).filter(([, { link }]) => link !== true);
const faults = installed.flatMap(([path, { dev = false, devOptional = false }]) => judge(path, dev || devOptional) ?? []);
faults.forEach((fault) => console.log(fault));

const text = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
  stdio: ['ignore', 'pipe', 'ignore'],
});
const { components } = bill.parse(JSON.parse(text));
mkdirSync(`${root}var`, { recursive: true });
writeFileSync(`${root}var/sbom.cdx.json`, text);
console.log(`${components.length} packages of the product in var/sbom.cdx.json; ${installed.length} licences read`);
if (faults.length > 0 || components.length < 20) {
  process.exitCode = 1;
}
