// Some defaults of the engine are made for trying it out. A configuration that would fall back to one of them stops the start, all of them named at once.

import type { Configuration } from 'oidc-provider';
import { Fault } from '../domain/kernel/errors.ts';

function isEmpty(keys: unknown): boolean {
  return keys === undefined || (Array.isArray(keys) && keys.length === 0);
}

/** Names of the settings that would fall back to a development default. */
export function findDevelopmentDefaults(configuration: Configuration): readonly string[] {
  const { adapter, cookies, features, fetch, findAccount, jwks, renderError } = configuration;
  const isLeft: Readonly<Record<string, boolean>> = {
    adapter: adapter === undefined,
    'cookies.keys': isEmpty(cookies?.keys),
    'features.devInteractions': features?.devInteractions?.enabled !== false,
    'features.registration': features?.registration?.enabled === true,
    fetch: fetch === undefined,
    findAccount: findAccount === undefined,
    jwks: isEmpty(jwks?.keys),
    renderError: renderError === undefined,
  };
  return Object.keys(isLeft).filter((name) => isLeft[name]);
}

export function assertConfiguration(configuration: Configuration): void {
  const left = findDevelopmentDefaults(configuration);
  if (left.length > 0) {
    throw new Fault('configuration/invalid', `the engine would run on development defaults: ${left.join(', ')}`);
  }
}
