// A copy of a made-up country, which a measurement may write to.

import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openStorage } from '../../src/storage/open-storage.ts';

export type CountryCopy = { readonly folder: string; readonly remove: () => void };

/** Beside the first, on the same disk. */
export function copyCountry(country: string): CountryCopy {
  const folder = `${country}-copy-${process.pid}`;
  cpSync(country, folder, { recursive: true });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Milliseconds by which the country's clock, which goes on where its log ends, is ahead. */
export async function findAhead(folder: string): Promise<number> {
  const storage = openStorage({ kind: 'sqlite', path: join(folder, 'huwiya.db') });
  const { at = Date.now() } = (await storage.ledger.findCheckpoint()) ?? {};
  await storage.close();
  return at - Date.now();
}
