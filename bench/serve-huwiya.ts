// Huwiya as `huwiya serve` runs it, with the settings of the file named by the argument.

import { createNode } from '../src/app.ts';
import { loadParts } from '../src/cli/load-parts.ts';
import { answerParent } from './answer-parent.ts';

const parts = await loadParts({ file: process.argv[2], allowsPending: false });
if (!parts.ok) {
  throw new Error(`the node does not start: ${parts.faults.map(({ setting }) => setting).join(', ')}`);
}
const node = createNode(parts.value);
await node.start();
answerParent({ commits: parts.value.storage.commits, tidy: () => undefined, stop: node.stop });
