// From the words of a command line to a verb: parsing, help and exit codes. 0 done, 1 refused or failed, 2 wrong usage.

import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { z } from 'zod';
import type { ExitCode } from './context.ts';
import { reportThrown } from './report-thrown.ts';
import type { Given, Verb, VerbOption } from './verb.ts';
import { verbGroups } from './verbs.ts';

const globalOptions = z.object({ config: z.string().optional(), json: z.boolean().default(false) });
const optionValues = z.record(z.string(), z.unknown());
const words = z.array(z.string().optional());

export async function runProgram(args: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = createProgram((ended) => {
    code = ended;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (thrown) {
    return thrown instanceof CommanderError ? toUsageCode(thrown) : reportThrown(thrown, process.stderr);
  }
}

/** Commander has printed its reason already. Help that was asked for is no mistake; help in place of a verb is. */
function toUsageCode({ exitCode }: CommanderError): ExitCode {
  return exitCode === 0 ? 0 : 2;
}

function createProgram(end: (code: ExitCode) => void): Command {
  const program = new Command('huwiya')
    .description('Huwiya (هوية): digital identity with passkeys, consent that binds, and a ledger anybody can verify')
    .option('--config <file>', 'settings file written by "huwiya setup"; the environment wins over it')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(add --help to see what is possible)')
    .exitOverride();
  for (const { name, about, verbs } of verbGroups) {
    const parent = name === null ? program : program.command(name).description(about);
    verbs.forEach((verb) => addVerb(parent, verb, end));
  }
  return program;
}

function addVerb(parent: Command, verb: Verb, end: (code: ExitCode) => void): void {
  const command = parent
    .command(verb.name, { isDefault: verb.isDefault === true })
    .description(verb.about)
    .allowExcessArguments(false);
  verb.takes?.forEach(({ name, about }) => command.addArgument(new Argument(`<${name}>`, about)));
  verb.options?.forEach((option) => command.addOption(toOption(option)));
  if (verb.printsData === true) {
    command.option('--json', 'print JSON for programs');
  }
  command.action(async () => end(await verb.run(readGiven(command))));
}

function toOption({ flags, about, isRequired = false, parse }: VerbOption): Option {
  const option = new Option(flags, about).makeOptionMandatory(isRequired);
  if (parse === undefined) {
    return option;
  }
  return option.argParser((text: string, earlier: unknown) => {
    const parsed = parse(text, earlier);
    if (!parsed.ok) {
      throw new InvalidArgumentError(parsed.problem);
    }
    return parsed.value;
  });
}

function readGiven(command: Command): Given {
  const values = command.optsWithGlobals();
  const { config, json } = globalOptions.parse(values);
  const given = words.parse(command.processedArgs);
  return { config, json, words: given.filter((word) => word !== undefined), options: optionValues.parse(values) };
}
