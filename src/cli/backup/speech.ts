// Where a command speaks to: what it did, and what is in its way.

import type { Output } from '../context.ts';
import { standardErr, standardOut } from '../with-parts.ts';

export type Speech = { readonly out: Output; readonly err: Output };

export const standard: Speech = { out: standardOut, err: standardErr };
