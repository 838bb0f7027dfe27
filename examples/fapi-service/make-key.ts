// `npx node examples/fapi-service/make-key.ts FILE NAME`: writes a new private key to FILE, or keeps the one that is there, and prints the public one, named NAME,
// for the file of the agency.

import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const [, , file, kid] = process.argv;
if (file === undefined || kid === undefined) {
  throw new Error('say where the private key goes and what it is called: make-key.ts FILE NAME');
}
if (!existsSync(file)) {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
}
const publicKey = createPublicKey(readFileSync(file));
console.log(JSON.stringify({ ...publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' }));
