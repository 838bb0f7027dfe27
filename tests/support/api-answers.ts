// The auditor's interface as a program uses it, and its description as the judge of every answer.

import Ajv2020 from 'ajv/dist/2020.js';
import { expect } from 'vitest';
import { z } from 'zod';

export type ApiAnswer = { readonly status: number; readonly headers: Headers; readonly text: string; readonly body: unknown };

const pageSchema = z.object({
  entries: z.array(
    z.object({
      index: z.number(),
      type: z.string(),
      at: z.string(),
      service: z.string().nullable(),
      purpose: z.string().nullable(),
      attributes: z.array(z.string()),
    }),
  ),
  next: z.string().nullable(),
});
export type ApiPage = z.infer<typeof pageSchema>;

export function parsePage(body: unknown): ApiPage {
  return pageSchema.parse(body);
}

export type Api = {
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<ApiAnswer>;
  readonly post: (path: string, body: unknown) => Promise<ApiAnswer>;
  /** A page that was answered with 200. */
  readonly getPage: (query: string) => Promise<ApiPage>;
};

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

export function createApi(issuer: string, token: string): Api {
  const ask = async (path: string, { headers = {}, ...given }: RequestInit): Promise<ApiAnswer> => {
    const all = { authorization: `Bearer ${token}`, ...Object.fromEntries(new Headers(headers)) };
    const response = await fetch(`${issuer}/audit/api/v1${path}`, { ...given, headers: all });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parseJson(text) };
  };
  const get: Api['get'] = async (path, headers = {}) => ask(path, { headers });
  return {
    get,
    post: async (path, body) => ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    getPage: async (query) => {
      const answer = await get(`/entries?${query}`);
      expect([query, answer.status]).toEqual([query, 200]);
      return pageSchema.parse(answer.body);
    },
  };
}

const operationSchema = z.object({
  parameters: z.array(z.looseObject({ name: z.string() })),
  responses: z.record(z.string(), z.object({ content: z.record(z.string(), z.object({ schema: z.json() })) })),
});

const documentSchema = z.looseObject({
  paths: z.record(z.string(), z.object({ get: operationSchema.optional(), post: operationSchema.optional() })),
  components: z.looseObject({ schemas: z.record(z.string(), z.json()) }),
});
export type ApiDescription = z.infer<typeof documentSchema>;

export function parseDescription(text: string): ApiDescription {
  return documentSchema.parse(JSON.parse(text));
}

const schemasId = 'https://answers.invalid/';

const findSchema = (operation: z.infer<typeof operationSchema> | undefined, status: number, type: string) =>
  operation?.responses[String(status)]?.content[type]?.schema;

const toValues = (type: string, { body, text }: ApiAnswer): readonly unknown[] =>
  type === 'application/x-ndjson' ? text.trimEnd().split('\n').filter(Boolean).map(parseJson) : [body];

/** Holds an answer against what the description says of this path, status and form; fails on the first thing that differs. */
export function createJudge(description: ApiDescription): (path: string, answer: ApiAnswer, method?: 'get' | 'post') => void {
  const validator = new Ajv2020.default({ allErrors: true, strict: true, allowUnionTypes: true, formats: { uuid: true } });
  const rename = (part: unknown): unknown => JSON.parse(JSON.stringify(part).replaceAll('"#/components/schemas/', `"${schemasId}#/$defs/`));
  validator.addSchema({ $id: schemasId, $defs: rename(description.components.schemas) });
  const { paths } = documentSchema.parse({ ...description, paths: rename(description.paths) });
  return (path, answer, method = 'get') => {
    const type = (answer.headers.get('content-type') ?? '').split(';')[0] ?? '';
    const schema = findSchema(paths[path]?.[method], answer.status, type);
    const values = toValues(type, answer);
    expect([path, answer.status, type, schema !== undefined]).toEqual([path, answer.status, type, true]);
    const validate = validator.compile(z.record(z.string(), z.json()).parse(schema));
    for (const value of values) {
      validate(value);
      expect([path, validate.errors]).toEqual([path, null]);
    }
  };
}
