// Huwiya on the log of a made-up country, as `huwiya serve` runs it, by the clock of that country.

import { z } from 'zod';
import { createNode } from '../../src/app.ts';
import { loadParts } from '../../src/cli/load-parts.ts';
import { answerParent } from '../answer-parent.ts';

const { settingsFile, ahead } = z.object({ settingsFile: z.string(), ahead: z.number() }).parse(JSON.parse(process.argv[2] ?? ''));
const parts = await loadParts({ file: settingsFile, allowsPending: false });
if (!parts.ok) {
  throw new Error(`the node does not start: ${parts.faults.map(({ setting }) => setting).join(', ')}`);
}
const node = createNode({ ...parts.value, clock: { now: () => Date.now() + ahead } });
await node.start();
answerParent({ commits: parts.value.storage.commits, tidy: () => undefined, stop: node.stop });
