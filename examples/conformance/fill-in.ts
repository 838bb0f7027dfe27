// What neither side may share with another installation: the address of the suite, the address of the provider, and a secret for each client.
// The same secrets go into the file of services and into the configuration of the suite.

import { randomBytes } from 'node:crypto';

const suiteBase = 'https://localhost.emobix.co.uk:8443/test/a/huwiya';
const issuer = 'https://id.example.gov';
const marker = 'fill-in';

export type Places = {
  /** Where the suite answers, without a slash at the end. */
  readonly suite: string;
  /** Names the configuration in the suite; part of every address of its clients. */
  readonly alias: string;
  readonly issuer: string;
};

export type FillIn = (template: string) => string;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** One for each run: both files of a run belong together. */
export function createFillIn(places: Places): FillIn {
  const secrets = new Map<string, string>();
  const toSecret = (clientId: string): string => {
    const secret = secrets.get(clientId) ?? randomBytes(32).toString('base64url');
    secrets.set(clientId, secret);
    return secret;
  };
  const fill = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      return value.map(fill);
    }
    if (!isObject(value)) {
      return value;
    }
    const filled: Readonly<Record<string, unknown>> = Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, fill(member)] as const),
    );
    return filled['client_secret'] === marker ? { ...filled, client_secret: toSecret(String(filled['client_id'])) } : filled;
  };
  return (template) => {
    const placed = template.replaceAll(suiteBase, `${places.suite}/test/a/${places.alias}`).replaceAll(issuer, places.issuer);
    const parsed: unknown = JSON.parse(placed);
    const filled = fill(parsed);
    const named = isObject(filled) && 'alias' in filled ? { ...filled, alias: places.alias } : filled;
    return `${JSON.stringify(named, null, 2)}\n`;
  };
}
