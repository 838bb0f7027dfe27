// Where a node stands, and what its configuration says about the hosts of agencies.

import type { Config, SessionLimits } from './config.ts';

type HostRules = { readonly isLoopback: boolean; readonly openHosts: readonly string[] };

/** A network that an operator opened says nothing about names. */
export function toHostRules({ loopback, outboundAllow }: Pick<Config, 'loopback' | 'outboundAllow'>): HostRules {
  return { isLoopback: loopback, openHosts: outboundAllow.flatMap((rule) => (rule.kind === 'host' ? [rule.host] : [])) };
}

type Place = {
  readonly issuer: string;
  readonly isSecure: boolean;
  readonly trustedHops: number;
  readonly hostRules: HostRules;
  readonly sessionLimits: SessionLimits;
};

/** Under which name, behind how many others, beside whom, and for how long people stay. */
export function toPlace(config: Config): Place {
  const { issuer, secure, trustedHops, sessionLimits } = config;
  return { issuer, isSecure: secure, trustedHops, sessionLimits, hostRules: toHostRules(config) };
}
