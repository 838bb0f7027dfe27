// The process of a node: load the configuration, refuse to start on any fault, listen, stop cleanly.

import { serve } from './cli/serve.ts';

process.exitCode = await serve({ file: undefined });
