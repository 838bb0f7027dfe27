// What a backup says of itself in its first line, for everybody who has the file: whose it is, when it was made, how far its log goes.

import { z } from 'zod';

export const backupFormat = 'huwiya-backup/1';

const manifestSchema = z.strictObject({
  format: z.literal(backupFormat),
  /** Of the software that wrote it. */
  version: z.string(),
  at: z.iso.datetime(),
  issuer: z.string(),
  dialect: z.enum(['sqlite', 'postgres']),
  migration: z.strictObject({ number: z.int().min(1), name: z.string() }),
  /** Issuer and marks of the keys that belong to the database, from which no key can be told. */
  facts: z.record(z.string(), z.string()),
  /** Numbered entries, and those that were committed and waited for their number. */
  size: z.int().min(0),
  pending: z.int().min(0),
  /** The newest checkpoint, as it was signed. */
  checkpoint: z.string().nullable(),
  salt: z.string(),
});

export type Manifest = z.output<typeof manifestSchema>;

export function findManifest(header: string | undefined): Manifest | undefined {
  try {
    return manifestSchema.safeParse(JSON.parse(header ?? '')).data;
  } catch {
    return undefined;
  }
}
