// What the load knows of a server: where it is, the signed-in people whose consent stands, and how somebody comes there for the first time.

import type { BenchService } from './registry.ts';

/** One person at one service they have been to before. */
export type Visit = { readonly person: number; readonly service: BenchService; readonly cookie: string };

/** A person who is signed in nowhere, on the way to a service. */
export type Entering = { readonly person: number; readonly service: BenchService; readonly extra: Readonly<Record<string, string>> };

export type Entered = { readonly callback: string; readonly verifier: string };

export type Paths = Readonly<Record<'authorize' | 'token' | 'userinfo' | 'keys', string>>;

/** The engine's own. */
export const enginePaths: Paths = { authorize: '/auth', token: '/token', userinfo: '/me', keys: '/jwks' };

export type Target = {
  readonly name: 'huwiya' | 'plain' | 'better-auth';
  readonly paths: Paths;
  readonly issuer: string;
  readonly scope: string;
  readonly visits: readonly Visit[];
  /** People, services they have never been to, and what else the load asks by. */
  readonly people: number;
  readonly nextFirst: () => Pick<Entering, 'person' | 'service'>;
  readonly publicServices: readonly BenchService[];
  readonly programs: readonly string[];
  /** Signs in at a new browser and agrees: to where the service takes over. */
  readonly enter: (entering: Entering) => Promise<Entered>;
};
