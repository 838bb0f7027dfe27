// The guarded fetch of this node, as its operator set it up: one for everything that leaves, so that there is one set of rules.

import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import type { Config } from '../config/config.ts';
import { systemResolve } from './destination.ts';
import { createGuardedFetch } from './guarded-fetch.ts';
import type { GuardedFetch } from './guarded-fetch.ts';
import { isLoopbackAddress } from './special-addresses.ts';

/** Shorter than anybody waits for a page. */
const longestCallMs = 2500;

/** Loopback addresses are judged by themselves. */
function findOwnAddresses(): readonly string[] {
  const interfaces = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return interfaces.map(({ address }) => address).filter((address) => !isLoopbackAddress(address));
}

/** The certificate authorities that an operator trusts besides those of the runtime, in PEM. */
export function readExtraCa({ extraCaFile }: Pick<Config, 'extraCaFile'>): string | undefined {
  return extraCaFile === undefined ? undefined : readFileSync(extraCaFile, 'utf8');
}

export function createWayOut(
  config: Pick<Config, 'issuer' | 'loopback' | 'outboundAllow' | 'extraCaFile' | 'certificateDoor'>,
): GuardedFetch {
  const { issuer, loopback, outboundAllow, certificateDoor } = config;
  return createGuardedFetch({
    rules: { issuer, certificateOrigin: certificateDoor?.url, loopback, outboundAllow, ownAddresses: findOwnAddresses() },
    resolve: systemResolve,
    extraCa: readExtraCa(config),
    timeoutMs: longestCallMs,
  });
}
