// What a newcomer needs after `npm start`: one address that leads through everything. The page of the tour is in examples/; here is what it is told,
// and what is printed for those who go their own way (ADR-0028).

import { writeFileSync } from 'node:fs';
import type { Output } from './context.ts';
import type { Invited } from './demo-load.ts';
import type { DemoSetup } from './demo-setup.ts';
import { printLine, printTable, toShownPath } from './print.ts';

export type Guide = {
  readonly issuer: string;
  readonly setup: DemoSetup;
  readonly people: readonly Invited[];
  readonly officers: readonly Invited[];
};

type Addresses = { readonly permit: string; readonly clinic: string };

function toAddresses({ port }: DemoSetup): Addresses {
  return { permit: `http://localhost:${port + 1}`, clinic: `http://localhost:${port + 2}` };
}

/** The links in it are bearer values: the file is its owner's, and every start writes it anew. */
export function writeTour({ issuer, setup, people, officers }: Guide): void {
  const toMember = ({ passkey, ...rest }: Invited) => ({ ...rest, has_passkey: passkey === 'has' });
  const tour = {
    issuer,
    ...toAddresses(setup),
    settings_file: toShownPath(setup.settingsFile),
    people: people.map(toMember),
    officers: officers.map(toMember),
  };
  writeFileSync(setup.tourFile, `${JSON.stringify(tour, undefined, 2)}\n`, { mode: 0o600 });
}

const unlinked = {
  has: 'has a passkey already: sign in with it',
  had: 'had a passkey, which ended: comes back at /recover',
  none: 'cannot be invited: not active',
} as const;

function toRow({ name, number, kind, link, passkey }: Invited): readonly string[] {
  return [`   ${name.en}`, number ?? '', kind, link ?? unlinked[passkey]];
}

/** A passkey of a browser that was only tried is quickly gone, and waiting three days is no demo. */
function printLost(out: Output, { setup, people }: Guide): void {
  const somebody = people.find(({ passkey }) => passkey !== 'none')?.number;
  if (somebody !== undefined && somebody !== null) {
    const command = `npx huwiya people invite ${somebody} --config ${toShownPath(setup.settingsFile)}`;
    printLine(out, `\nWhose passkey is lost gets a link by the operator's command, and is told of it: ${command}`);
  }
}

export function printGuide(out: Output, guide: Guide): void {
  const { issuer, setup, people, officers } = guide;
  const { permit, clinic } = toAddresses(setup);
  printLine(out, `Huwiya answers at ${issuer}. Begin with the tour, in Arabic or English, in a browser that has passkeys:\n`);
  printLine(out, `   ${permit}/tour\n`);
  printLine(out, 'Or go your own way. A link enrols one account, works once, and is fresh at every start until then.');
  printTable(out, [...people, ...officers].map(toRow));
  printLost(out, guide);
  printLine(out, '\nThen open');
  printTable(out, [
    ['   work permits', `${permit}/`],
    ['   clinic appointments', `${clinic}/`],
    ["   a person's own page", `${issuer}/account`],
    ["   the auditor's desk", `${issuer}/audit`],
    ['   the office, for registrar and approver', `${issuer}/office`],
  ]);
  printLine(out, `\nLetters and text messages to people, with their codes, are files in ${toShownPath(setup.mailFolder)}.`);
  printLine(
    out,
    `\nThe state is in ${toShownPath(setup.folder)}, kept between starts; npm start -- --reset begins again. Ctrl-C stops everything.`,
  );
}
