// Every row comes from one address, as people behind one shared address do: its limits stand as high as an operator may set them for such.

import { limitBounds } from '../../src/config/limits.ts';

const shared = [...limitBounds].filter(([, { most, upTo }]) => upTo > most);

/** For `createWorld({ env })`. */
export const roomForAll = { HUWIYA_LIMITS: shared.map(([name, { upTo }]) => `${name}=${upTo}`).join(',') } as const;
