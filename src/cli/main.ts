// The `huwiya` command. Owns how words become acts and acts become exit codes; each act lives in its own file and is loaded when it is called.
// Must never decide anything about people, agencies or the log, and never print a secret.

import { runProgram } from './program.ts';

// A reader that has seen enough ("| head") closes the pipe; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

process.exitCode = await runProgram(process.argv.slice(2));
