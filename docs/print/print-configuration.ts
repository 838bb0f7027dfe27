// docs/reference/configuration.md and .env.example, from the schema of the settings.

import { getSettingNotes } from '../../src/config/parse-config.ts';
import { settingGroups } from '../../src/config/setting-notes.ts';
import { printedBy, toTable } from './table.ts';

const groupTitles = {
  identity: 'Identity',
  listening: 'Listening',
  storage: 'Storage',
  outbound: 'Calls that leave',
  mail: 'Mail',
  telemetry: 'Telemetry',
} as const satisfies Record<(typeof settingGroups)[number], string>;

const keyFiles = [
  ['receipt-ed25519.json', 'private JWK, Ed25519', 'signs consent receipts, and nothing else'],
  ['checkpoint-ed25519.json', 'private JWK, Ed25519', 'signs checkpoints of the ledger, and nothing else'],
  ['cookies.json', '`{"keys": […]}`, 32 random bytes each, base64url', 'signs cookies: the first signs, all verify'],
  ['dpop-nonce.json', '`{"key": …}`, 32 random bytes, base64url', 'makes DPoP nonces'],
  [
    'data.json',
    '`{"encryption": …, "lookup": …}`, 32 random bytes each, base64url',
    'wraps the keys of persons and those that sign tokens; makes look-up digests',
  ],
] as const;

const introduction = [
  'Every setting is an environment variable. A file of `NAME=value` lines can be given with `--config FILE`; the environment wins over the',
  'file, and an empty value counts as absent. Relative paths are resolved against the folder of that file, without one against the working',
  'directory. `huwiya setup --issuer URL` writes a file and keys that pass every check.',
  '',
  'Huwiya refuses to start on a missing, wrong or weak setting and names every fault at once. No setting weakens a protection.',
].join('\n');

export function printConfiguration(): string {
  const notes = getSettingNotes();
  const groups = settingGroups.map((group) => {
    const rows = notes
      .filter((note) => note.group === group)
      .map((note) => [`\`${note.name}\``, note.unit, toDefault(note), note.sentence, `\`${note.example}\``]);
    return `## ${groupTitles[group]}\n\n${toTable(['Setting', 'Unit', 'Default', 'What it does', 'Example'], rows)}`;
  });
  const keys = `## Key files\n\nIn the folder of \`HUWIYA_KEYS\`, one file per use, readable by the owner only (\`0600\`). The keys that sign tokens are in the\ndatabase, sealed under a key derived from \`data.json\`: \`huwiya keys list\` shows them ([key rotation](../runbooks/key-rotation.md)).\n\n${toTable(
    ['File', 'Holds', 'Use'],
    keyFiles.map(([name, holds, use]) => [`\`${name}\``, holds, use]),
  )}`;
  return `# Configuration\n\n${printedBy}\n\n${introduction}\n\n${[...groups, keys].join('\n\n')}\n`;
}

export function printEnvironmentExample(): string {
  const blocks = getSettingNotes().map((note) => {
    const line = `${note.name}=${note.default ?? note.example}`;
    return `# ${note.sentence} (${note.unit})\n${note.required ? line : `# ${line}`}`;
  });
  return `# Printed from the settings schema by "npm run docs". "huwiya setup --issuer URL" writes a working file.\n\n${blocks.join('\n\n')}\n`;
}

function toDefault(note: { readonly default?: string; readonly required: boolean }): string {
  if (note.default !== undefined) {
    return `\`${note.default}\``;
  }
  return note.required ? 'none: required' : 'none';
}
