// What a newcomer reads after `npm start`: what to open, in order.

import type { Output } from './context.ts';
import type { DemoPerson } from './demo-load.ts';
import type { DemoSetup } from './demo-setup.ts';
import { printLine, printTable, toShownPath } from './print.ts';

export type Guide = { readonly issuer: string; readonly setup: DemoSetup; readonly people: readonly DemoPerson[] };

export function printGuide(out: Output, { issuer, setup, people }: Guide): void {
  const settings = toShownPath(setup.settingsFile);
  printLine(out, `Huwiya answers at ${issuer}. Its state is in ${toShownPath(setup.folder)}, kept between starts; --reset begins again.\n`);
  printLine(out, '1. Enrol somebody: open a link and create a passkey. Each works once; the next start prints fresh ones.');
  printTable(
    out,
    people.map(({ name, kind, link }) => [`   ${name}`, kind, link ?? 'cannot be invited: not active']),
  );
  printLine(out, '2. Use a service. The second one knows you already.');
  printLine(out, `   Work permits         http://localhost:${setup.port + 1}/`);
  printLine(out, `   Clinic appointments  http://localhost:${setup.port + 2}/`);
  printLine(out, '3. See what you share, fetch a receipt, withdraw; then let the service request your details again.');
  printLine(out, `   ${issuer}/account`);
  printLine(out, '4. Look into the log and verify it, and your receipt.');
  printLine(out, `   npx huwiya audit query --config ${settings}`);
  printLine(out, `   npx huwiya audit verify --config ${settings}`);
  printLine(out, '   npx huwiya receipt verify FILE\n');
  printLine(out, 'Ctrl-C stops everything.');
}
