// The one node of a world's database, in a process of its own: the node in the process of the test would go on numbering behind its back.

import { fileURLToPath } from 'node:url';
import { startProgram } from './command.ts';
import type { Environment, Running } from './command.ts';
import type { World } from './world.ts';

const program = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** The settings of a world, for a node or a command. */
export function toEnvironment({ issuer, config }: World): Environment {
  return {
    HUWIYA_ISSUER: issuer,
    HUWIYA_LISTEN: `${config.listen.host}:${config.listen.port}`,
    HUWIYA_DATABASE: config.database.kind === 'sqlite' ? `sqlite:${config.database.path}` : config.database.url,
    HUWIYA_KEYS: config.keysFolder,
  };
}

/** The node of the world itself MUST have been stopped. */
export async function startOnlyNode(world: World, env: Environment = {}): Promise<Running> {
  return startProgram([program], /Huwiya answers/, { ...toEnvironment(world), ...env });
}
