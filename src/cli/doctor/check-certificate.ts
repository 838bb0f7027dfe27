// Whether the certificates of a node that ends TLS itself are such that it starts with them, name the right host, and for how long they hold. What a node refuses
// is judged by what a node asks.

import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { Config, TlsFiles } from '../../config/config.ts';
import { findEndStep, findExtraCaFaults, readAuthorities, readTlsPair, urgentDays } from '../../config/read-tls.ts';
import { dayMs, systemClock } from '../../domain/kernel/clock.ts';
import { failed, passed, toFindings, warned } from './finding.ts';
import type { Finding, Ground } from './finding.ts';

/** The files of one listener, and the address that it is known by. */
type Place = { readonly files: TlsFiles; readonly url: string };

function isNamed(leaf: X509Certificate, host: string): boolean {
  return isIP(host) === 0 ? leaf.checkHost(host) !== undefined : leaf.checkIP(host) !== undefined;
}

/** Undefined while the end is far. */
function findEnd(endsAt: number, name: string, fix: string): Finding | undefined {
  const days = Math.floor((endsAt - systemClock.now()) / dayMs);
  const step = findEndStep(days);
  const detail = days < 0 ? `${name} has ended` : `${name} ends in ${days} days`;
  if (step === null) {
    return undefined;
  }
  // Whoever looks at the end of the command alone hears of it in time.
  return step <= urgentDays ? failed('certificate', detail, fix) : warned('certificate', detail, fix);
}

function checkFiles({ files, url }: Place): readonly Finding[] {
  const read = readTlsPair(files, systemClock.now());
  if (!read.ok) {
    return toFindings('certificate', read.faults);
  }
  const { leaf, endsAt } = read.value;
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  if (!isNamed(leaf, host)) {
    return [failed('certificate', `${files.settings}_CERT does not name ${host}`, `Obtain one for ${host}`)];
  }
  const end = findEnd(endsAt, `${files.settings}_CERT`, 'Renew it: a node that runs takes the new files by itself');
  const whose = files.settings === 'HUWIYA_TLS' ? 'the issuer' : 'the listener for services';
  const days = Math.floor((endsAt - systemClock.now()) / dayMs);
  return [end ?? passed('certificate', `names ${whose}, matches its key, ends in ${days} days`)];
}

/** An authority that ends takes the sign-in of every service with it that it certified. */
function checkAuthorities({ certificateDoor: door }: Config): readonly Finding[] {
  const read = readAuthorities(door?.authoritiesFile);
  if (!read.ok) {
    return toFindings('certificate', read.faults);
  }
  const fix = 'Put the next one into the same file as well, and restart';
  return read.value.flatMap(({ validToDate }, index) => findEnd(validToDate.getTime(), `HUWIYA_MTLS_CA number ${index + 1}`, fix) ?? []);
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
  return [
    ...own,
    ...checkDoor(config.value),
    ...checkAuthorities(config.value),
    ...toFindings('certificate', findExtraCaFaults(config.value)),
  ];
}
