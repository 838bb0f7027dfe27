// Reads what a server asks of an authenticator, from JSON of unknown origin; throws where a browser would.

export type CreationOptions = {
  readonly challenge: string;
  readonly rpId: string;
  readonly userHandle: string;
  readonly algorithms: readonly number[];
  readonly excluded: readonly string[];
};

export function readCreationOptions(options: unknown): CreationOptions {
  const root = readObject(options);
  return {
    challenge: readText(root['challenge']),
    rpId: readText(readObject(root['rp'])['id']),
    userHandle: readText(readObject(root['user'])['id']),
    algorithms: readList(root['pubKeyCredParams']).map((item) => Number(readObject(item)['alg'])),
    excluded: readList(root['excludeCredentials']).map((item) => readText(readObject(item)['id'])),
  };
}

export type RequestOptions = {
  readonly challenge: string;
  readonly rpId: string;
  /** Ids of the passkeys that will do; empty: any. */
  readonly allowed: readonly string[];
};

export function readRequestOptions(options: unknown): RequestOptions {
  const root = readObject(options);
  const allowed = readList(root['allowCredentials']).map((item) => readText(readObject(item)['id']));
  return { challenge: readText(root['challenge']), rpId: readText(root['rpId']), allowed };
}

function readObject(value: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(value)) {
    throw new TypeError('the options lack an object');
  }
  return value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function readList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function readText(value: unknown): string {
  if (typeof value !== 'string') {
    throw new TypeError('the options lack a text');
  }
  return value;
}
