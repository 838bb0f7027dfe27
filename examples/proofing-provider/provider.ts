// A provider that checks people's identity elsewhere, and states it to Huwiya: what a registry would write itself, on `jose`.
//
//   npx node examples/proofing-provider/provider.ts file KEY > provider.json      makes the private key KEY, or keeps it, and prints what the operator is given
//   npx node examples/proofing-provider/provider.ts state KEY HUWIYA NUMBER       signs what was found of the person with this number, and hands it in
//
// What was found stands below; a real provider takes it from the reader of the card and from the officer or device that compared the face.

import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { SignJWT } from 'jose';

const issuer = 'https://proofing.example';
const kid = 'proofing-2026';
const framework = 'sa_proofing';
const organization = 'Proofing provider';

function readKey(file: string): ReturnType<typeof createPrivateKey> {
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  }
  return createPrivateKey(readFileSync(file));
}

/** For `huwiya proofing trust`: public keys alone, and what this provider may state. */
function toFile(keyFile: string): object {
  const jwk = createPublicKey(readKey(keyFile)).export({ format: 'jwk' });
  return {
    issuer,
    name: { ar: 'جهة التحقق', en: 'Proofing provider' },
    jwks: { keys: [{ ...jwk, kid, alg: 'ES256' }] },
    trust_framework: framework,
    assurance_levels: ['high', 'substantial'],
    check_methods: ['vcrypt', 'bvr'],
    high_methods: ['vcrypt'],
  };
}

/** The chip of the card was read, and the face compared with the picture in it, a moment ago. */
function toVerification(now: Date): object {
  const time = new Date(now.getTime() - 60_000).toISOString();
  const checks = ['vcrypt', 'bvr'].map((check_method) => ({ check_method, organization, time }));
  const document = {
    type: 'idcard',
    // The last characters, and never the whole number.
    document_number: '7C19',
    date_of_expiry: '2031-03-14',
    issuer: { name: 'Ministry of Interior', country_code: 'SAU' },
  };
  const evidence = [{ type: 'document', document_details: document, check_details: checks }];
  return { trust_framework: framework, assurance_level: 'high', time, evidence };
}

async function sign(keyFile: string, huwiya: string, number: string): Promise<string> {
  const verified_claims = { verification: toVerification(new Date()) };
  return new SignJWT({ purpose: 'enrolment', verified_claims })
    .setProtectedHeader({ alg: 'ES256', kid, typ: 'proofing+jwt' })
    .setIssuer(issuer)
    .setAudience(huwiya)
    .setSubject(number)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime('2 minutes')
    .sign(readKey(keyFile));
}

/** The code and the link are for the person alone: a real provider shows them on its own page, or prints them. */
async function handIn(keyFile: string, huwiya: string, number: string): Promise<string> {
  const body = await sign(keyFile, huwiya, number);
  const headers = { 'content-type': 'application/jwt', 'accept-language': 'en' };
  const answer = await fetch(`${huwiya}/proofing/statements`, { method: 'POST', body, headers });
  if (!answer.ok) {
    process.exitCode = 1;
  }
  return answer.text();
}

const [, , verb, keyFile, huwiya, number] = process.argv;
if (verb === 'file' && keyFile !== undefined) {
  console.log(JSON.stringify(toFile(keyFile), undefined, 2));
} else if (verb === 'state' && keyFile !== undefined && huwiya !== undefined && number !== undefined) {
  console.log(await handIn(keyFile, huwiya.replace(/\/$/, ''), number));
} else {
  throw new Error('say what to do: file KEY, or state KEY HUWIYA NUMBER');
}
