// Both sides of a run of the OpenID Foundation's conformance suite: the file of services for the provider, and the configuration for the suite.
// `npx node examples/conformance/prepare.ts --issuer https://id.example.gov [--suite URL] [--alias NAME] [--dir FOLDER]`

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createFillIn } from './fill-in.ts';

const templates = ['agencies.json', 'oidc.json', 'fapi.json', 'message-signing.json'] as const;

const { values } = parseArgs({
  options: {
    issuer: { type: 'string' },
    suite: { type: 'string', default: 'https://localhost.emobix.co.uk:8443' },
    alias: { type: 'string', default: 'huwiya' },
    dir: { type: 'string', default: join('var', 'conformance') },
  },
});
const { issuer, suite, alias, dir } = values;
if (issuer === undefined) {
  process.stderr.write('Say which provider is looked at: --issuer https://id.example.gov\n');
  process.exit(2);
}

const fillIn = createFillIn({ issuer, suite, alias });
mkdirSync(dir, { recursive: true });
for (const name of templates) {
  const template = readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8');
  // They hold secrets.
  writeFileSync(join(dir, name), fillIn(template), { mode: 0o600 });
  process.stdout.write(`${join(dir, name)}\n`);
}
