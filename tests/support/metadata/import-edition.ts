// An edition of metadata, taken in as an operator does it: a signed file, the root that is trusted for it, and the command.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runMdsImport } from '../../../src/cli/mds-import.ts';
import type { Storage } from '../../../src/storage/open-storage.ts';
import { createCapturedContext } from '../captured-context.ts';
import type { BlobContent, MetadataSource } from './blob.ts';

export async function importEdition(storage: Storage, source: MetadataSource, content: BlobContent): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'huwiya-mds-'));
  const [file, root] = [join(folder, 'blob.jwt'), join(folder, 'root.pem')];
  const { context, takeErr } = createCapturedContext(storage);
  try {
    writeFileSync(file, source.blob({ content }));
    writeFileSync(root, source.root.pem);
    if ((await runMdsImport(context, { file, roots: [root], json: false })) !== 0) {
      throw new Error(takeErr());
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
