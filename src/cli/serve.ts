import { createNode } from '../app.ts';
import { findListenerFaults } from '../config/parse-config.ts';
import { toFaultReport } from '../config/config.ts';
import { loadParts } from './load-parts.ts';

/** Runs a node until it is told to stop. 0 after a clean stop, 1 when it may not start. */
export async function serve(asked: { readonly file: string | undefined }): Promise<number> {
  const parts = await loadParts({ file: asked.file, allowsPending: false });
  const faults = parts.ok ? findListenerFaults(parts.value.config) : parts.faults;
  if (!parts.ok || faults.length > 0) {
    process.stderr.write(`${toFaultReport(faults)}\n`);
    return 1;
  }
  const node = createNode(parts.value);
  await node.start();
  process.stderr.write(`Huwiya answers at ${parts.value.config.issuer}\n`);
  await new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  await node.stop();
  return 0;
}
