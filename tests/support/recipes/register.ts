// The file of the agency as a recipe has it, with a secret or a key filled in, applied with the operator's own command.

import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runAgenciesApply } from '../../../src/cli/agencies-apply.ts';
import type { Output } from '../../../src/cli/context.ts';
import { toContext } from '../../../src/cli/with-parts.ts';
import type { World } from '../world.ts';
import type { Class } from './stacks.ts';

export type Asked = { readonly folder: string; readonly port: number; readonly serviceClass: Class };

/** The three members that docs/guides/recipes/README.md changes. */
function toStandard(text: string, publicKey: string): string {
  return text
    .replace('"class": "legacy"', '"class": "standard"')
    .replace(/"token_endpoint_auth_method": "[a-z_]+"/, '"token_endpoint_auth_method": "private_key_jwt"')
    .replace('"client_secret": "fill-in"', `"jwks": { "keys": [${publicKey}] }`);
}

/** As examples/fapi-service/make-key.ts does. */
function makeKey(file: string): string {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  const printed = JSON.stringify({ ...publicKey.export({ format: 'jwk' }), kid: 'pla-1', alg: 'ES256', use: 'sig' });
  writeFileSync(file.replace('.pem', '-public.json'), printed);
  return printed;
}

/** What the program of the recipe is told. */
export async function register(world: World, { folder, port, serviceClass }: Asked): Promise<Readonly<Record<string, string>>> {
  const keyFile = join(folder, 'pla.pem');
  const secret = randomBytes(32).toString('base64url');
  const given = readFileSync(join(folder, 'agencies.json'), 'utf8').replaceAll(':4180/', `:${port}/`);
  const filled = serviceClass === 'standard' ? toStandard(given, makeKey(keyFile)) : given.replace('fill-in', secret);
  const file = join(folder, 'filled.json');
  writeFileSync(file, filled, { mode: 0o600 });
  const printed: string[] = [];
  const out: Output = { isTerminal: false, write: (text) => printed.push(text) };
  if ((await runAgenciesApply({ ...toContext(world, out), err: out }, { file, json: false })) !== 0) {
    throw new Error(`the file of the agency was refused: ${printed.join('')}`);
  }
  return serviceClass === 'standard' ? { KEY_FILE: keyFile } : { CLIENT_SECRET: secret };
}
