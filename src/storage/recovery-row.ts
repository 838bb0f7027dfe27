// A recovery as its row and back.

import type { Recovery } from '../domain/recovery/recovery.ts';
import type { RowOf, Tables } from './dialect.ts';

type Row = RowOf<Tables['recoveries']>;

export function toRecovery({ wrappedKey, ciphertext, ...columns }: Row): Recovery {
  return { ...columns, seen: wrappedKey === null || ciphertext === null ? null : { wrappedKey, ciphertext } };
}

export function toRecoveryRow({ seen, ...columns }: Recovery): Row {
  return { ...columns, wrappedKey: seen?.wrappedKey ?? null, ciphertext: seen?.ciphertext ?? null };
}
