// What the load knows of a server: where it is, and the signed-in people whose consent stands.

import type { BenchService } from './registry.ts';

/** One person at one service they have been to before. */
export type Visit = { readonly service: BenchService; readonly cookie: string };

export type Target = {
  readonly name: 'huwiya' | 'plain';
  readonly issuer: string;
  readonly scope: string;
  readonly visits: readonly Visit[];
};
