// Whether the certificate of a node that ends TLS itself is the right one, and for how long.

import { X509Certificate, createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import type { Config, TlsFiles } from '../../config/config.ts';
import { dayMs, systemClock } from '../../domain/kernel/clock.ts';
import { failed, passed, warned } from './finding.ts';
import type { Finding, Ground } from './finding.ts';

const warningDays = 30;
/** Whoever looks at the end of the command alone hears of it in time. */
const alarmDays = 3;

const pemBlock = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The files of one listener, and the address that it is known by. */
type Place = { readonly files: TlsFiles; readonly url: string };

function checkOwn(leaf: X509Certificate, { files: { keyFile, settings }, url }: Place): readonly Finding[] {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  const isNamed = isIP(host) === 0 ? leaf.checkHost(host) !== undefined : leaf.checkIP(host) !== undefined;
  const isPair = leaf.checkPrivateKey(createPrivateKey(readFileSync(keyFile)));
  return [
    ...(isNamed ? [] : [failed('certificate', `does not name ${host}`, `Obtain one for ${host}`)]),
    ...(isPair ? [] : [failed('certificate', `${settings}_KEY is not its key`, 'Put the key beside the certificate it was made for')]),
  ];
}

const fix = 'Renew it: a node that runs takes the new files by itself';

/** The whole chain: a certificate in between that has ended breaks it as well. */
function checkTime(chain: readonly X509Certificate[], { files: { settings } }: Place): Finding {
  const now = systemClock.now();
  const days = Math.floor((Math.min(...chain.map(({ validToDate }) => validToDate.getTime())) - now) / dayMs);
  if (chain.some(({ validFromDate }) => validFromDate.getTime() > now)) {
    return failed('certificate', 'is not valid yet', 'Check the clock, or wait');
  }
  if (days < 0) {
    return failed('certificate', 'has ended', fix);
  }
  if (days <= alarmDays) {
    return failed('certificate', `ends in ${days} days`, fix);
  }
  return days < warningDays
    ? warned('certificate', `ends in ${days} days`, fix)
    : passed(
        'certificate',
        `names ${settings === 'HUWIYA_TLS' ? 'the issuer' : 'the listener for services'}, matches its key, ends in ${days} days`,
      );
}

function readChain({ certificateFile }: TlsFiles): readonly X509Certificate[] {
  return [...readFileSync(certificateFile, 'utf8').matchAll(pemBlock)].map(([block]) => new X509Certificate(block));
}

function checkFiles(place: Place): readonly Finding[] {
  const chain = readChain(place.files);
  const [leaf] = chain;
  if (leaf === undefined) {
    return [failed('certificate', `${place.files.settings}_CERT holds no certificate`, 'Name a PEM file with the whole chain')];
  }
  const wrong = checkOwn(leaf, place);
  return wrong.length > 0 ? wrong : [checkTime(chain, place)];
}

function checkDoor({ tls, issuer, certificateDoor: door }: Config): readonly Finding[] {
  const isLookedAt = door?.tls === tls && new URL(door?.url ?? issuer).hostname === new URL(issuer).hostname;
  return door?.tls === undefined || isLookedAt ? [] : checkFiles({ files: door.tls, url: door.url });
}

export async function checkCertificate({ config }: Ground): Promise<readonly Finding[]> {
  if (!config.ok) {
    return [warned('certificate', 'not looked at', 'Repair the configuration first')];
  }
  const { tls, secure, issuer } = config.value;
  const none = secure ? 'TLS ends in the proxy in front, which is not looked at' : 'none: the issuer is http on this machine';
  const own = tls === undefined ? [passed('certificate', none)] : checkFiles({ files: tls, url: issuer });
  return [...own, ...checkDoor(config.value)];
}
