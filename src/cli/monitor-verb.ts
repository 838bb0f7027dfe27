// What the monitor of a log can be told on the command line.

import { findNumber, findText, findTexts, gather, parseCount } from './verb.ts';
import type { ParsedWord, Verb } from './verb.ts';

const parseSeconds = (text: string): ParsedWord => parseCount(9_999_999, text);

export const monitorVerb: Verb = {
  name: 'monitor',
  about: 'follow a log from outside, over HTTP alone; cries out when it was rewritten, forked or stands still',
  options: [
    { flags: '--log <url>', about: 'the log, as https://id.example.gov/ledger', isRequired: true },
    { flags: '--key <key>', about: 'a key of the log that you had from elsewhere, or a file that holds it', isRequired: true },
    { flags: '--state <file>', about: 'what the monitor remembers (huwiya-monitor.json)' },
    { flags: '--compare <source>', about: 'state of another monitor, or a checkpoint: file or URL; may be repeated', parse: gather },
    { flags: '--policy <file>', about: 'witnesses that you trust, and how many are enough (C2SP tlog-policy)' },
    { flags: '--interval <seconds>', about: 'between two looks (60)', parse: parseSeconds },
    { flags: '--patience <seconds>', about: 'how long without growth or without an answer is too long (86400)', parse: parseSeconds },
    { flags: '--rebuild', about: 'also read every published entry and build the whole tree' },
    { flags: '--once', about: 'look once and end with the exit code of the gravest alarm' },
  ],
  printsData: true,
  run: async (given) => {
    const { runAuditMonitor } = await import('./audit-monitor.ts');
    return runAuditMonitor({
      log: findText(given, 'log') ?? '',
      key: findText(given, 'key') ?? '',
      stateFile: findText(given, 'state') ?? 'huwiya-monitor.json',
      compare: findTexts(given, 'compare'),
      policy: findText(given, 'policy'),
      intervalSeconds: findNumber(given, 'interval') ?? 60,
      patienceSeconds: findNumber(given, 'patience') ?? 86_400,
      rebuilds: given.options['rebuild'] === true ? 'always' : 'never',
      looks: given.options['once'] === true ? 'once' : 'on-and-on',
      json: given.json,
    });
  },
};
