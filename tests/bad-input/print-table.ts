// `npm run docs` prints the table of bad input into docs/reference/bad-input.md, from the rows that the tests run. With `--check` it changes nothing.

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { printedBy, toTable } from '../../docs/print/table.ts';
import { webRows } from './all-rows.ts';
import type { Answer, CommandRow, WebRow } from './row.ts';
import { commandRows } from './rows-commands.ts';
import { passkeyRows } from './rows-passkeys.ts';
import type { PasskeyRow } from './rows-passkeys.ts';
import { toTitle } from './run-row.ts';
import { harmless } from './snapshot.ts';

const target = fileURLToPath(new URL('../../docs/reference/bad-input.md', import.meta.url));

const stages = {
  nobody: 'nobody signed in',
  'sign-in': 'at the sign-in page',
  decision: 'at the consent page',
  account: 'signed in, on the own page',
  english: 'the same, with English saved',
  link: 'with an enrolment link',
  service: 'a service with tokens',
  code: 'a service with a fresh code',
  registrar: 'a registrar at the counter',
  auditor: 'an auditor at the desk',
  case: 'in a case of an auditor',
  'staff-link': 'with an officer’s enrolment link',
  program: 'an audit program with its token',
  agency: 'a service with a token of its own',
  notice: 'with the link of a letter about access',
  'freeze-code': 'at the page of the freeze code',
  unfreeze: 'at the page that lifts a freeze',
  recovery: 'at the page of a recovery',
} as const;

const readers = {
  form: 'the form again, with what is wrong named in it',
  service: 'the service, at its redirect address',
  program: 'the program',
} as const;

function toRead(answer: Answer): string {
  if (answer.reader === 'person') {
    const languages = answer.language === undefined ? (['ar', 'en'] as const) : [answer.language];
    return languages.map((language) => toTitle(answer.code, language)).join(' / ');
  }
  if (answer.reader === 'nobody') {
    return answer.status === 200 ? 'counts for nothing: the page as ever' : 'cannot be read as a request';
  }
  return readers[answer.reader];
}

function toCells({ id, where, what, stage, answer }: WebRow): readonly string[] {
  const code = answer.reader === 'nobody' ? '–' : `\`${answer.code}\``;
  return [id, `\`${where}\``, what, stages[stage], String(answer.status), code, toRead(answer)];
}

function toPasskeyCells({ id, ceremony, what, answer }: PasskeyRow): readonly string[] {
  const code = `\`${answer.code}\``;
  return [id, ceremony === 'create' ? 'to make a passkey' : 'to sign in', what, String(answer.status), code, toRead(answer)];
}

const toCommandCells = ({ id, where, what, exit, says }: CommandRow): readonly string[] => [
  id,
  `\`${where}\``,
  what,
  String(exit),
  `\`${says}\``,
];

const passkeyHead = ['Row', 'Ceremony', 'What is wrong in the answer', 'Status', 'Code', 'Who reads what'];
const commandHead = ['Row', 'Command', 'What is handed in', 'Exit', 'What it says, among the rest'];

const groups = [
  ['Requests of services', 'BQ'],
  ['Pages and forms', 'BF'],
  ['Confirmations', 'BK'],
  ['Details', 'BM'],
  ['Lists and buttons of the own page', 'BO'],
  ['Freezes and notices', 'BP'],
  ['Recoveries', 'BR'],
  ['Statements of providers', 'BS'],
  ['Own page, receipts and desks', 'BD'],
  ['The auditor’s desk', 'BL'],
  ['A case of auditors', 'BG'],
  ['Opening a case, finding people, unmasking', 'BN'],
  ['The auditor’s interface', 'BI'],
  ['The interface for agencies', 'BY'],
  ['Headers and request lines', 'BH'],
  ['Tokens and programs', 'BT'],
] as const;

const head = ['Row', 'Where', 'What is sent', 'By whom', 'Status', 'Code', 'Who reads what'];

function print(): string {
  const sections = groups.map(([title, prefix]) => {
    const rows = webRows.filter(({ id }) => id.startsWith(prefix));
    return `## ${title}\n\n${toTable(head, rows.map(toCells))}`;
  });
  const passkeys = `## Answers of passkeys\n\n${toTable(passkeyHead, passkeyRows.map(toPasskeyCells))}`;
  const commands = `## Files, settings and words of commands\n\n${toTable(commandHead, commandRows.map(toCommandCells))}`;
  const count = webRows.length + passkeyRows.length + commandRows.length;
  const left = Object.entries(harmless).map(([table, why]) => `- \`${table}\`: ${why}`);
  return `# Bad input

${printedBy}

What is sent wrong, what comes back, and who reads it: ${count} rows, each a test in \`tests/bad-input/\` whose title begins with the row's id. Where a
person reads the answer, the row is sent for an Arabic and for an English browser, and the title must be in that language. \`ui_locales\` of the service stands
above the language a person saved, that above the browser's, and Arabic is the last resort.

After every row the whole database is compared with what it was before. Only this may differ:

${left.join('\n')}

${[...sections, passkeys, commands].join('\n\n')}
`;
}

function readPresent(): string {
  try {
    return readFileSync(target, 'utf8');
  } catch {
    return '';
  }
}

const text = print();
if (readPresent() !== text) {
  const isCheck = process.argv.includes('--check');
  console.log(`${isCheck ? 'out of date, run "npm run docs"' : 'printed'}: docs/reference/bad-input.md`);
  if (isCheck) {
    process.exitCode = 1;
  } else {
    writeFileSync(target, text);
  }
}
