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
  const get: Api['get'] = async (path, headers = {}) => {
    const response = await fetch(`${issuer}/audit/api/v1${path}`, { headers: { authorization: `Bearer ${token}`, ...headers } });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parseJson(text) };
  };
  return {
    get,
    getPage: async (query) => {
      const answer = await get(`/entries?${query}`);
      expect([query, answer.status]).toEqual([query, 200]);
      return pageSchema.parse(answer.body);
    },
  };
}

const documentSchema = z.looseObject({
  paths: z.record(
    z.string(),
    z.object({
      get: z.object({
        parameters: z.array(z.looseObject({ name: z.string() })),
        responses: z.record(z.string(), z.object({ content: z.record(z.string(), z.object({ schema: z.json() })) })),
      }),
    }),
  ),
  components: z.looseObject({ schemas: z.record(z.string(), z.json()) }),
});
export type ApiDescription = z.infer<typeof documentSchema>;

export function parseDescription(text: string): ApiDescription {
  return documentSchema.parse(JSON.parse(text));
}

const schemasId = 'https://answers.invalid/';

/** Holds an answer against what the description says of this path, status and form; fails on the first thing that differs. */
export function createJudge(description: ApiDescription): (path: string, answer: ApiAnswer) => void {
  const validator = new Ajv2020.default({ allErrors: true, strict: true, allowUnionTypes: true, formats: { uuid: true } });
  const rename = (part: unknown): unknown => JSON.parse(JSON.stringify(part).replaceAll('"#/components/schemas/', `"${schemasId}#/$defs/`));
  validator.addSchema({ $id: schemasId, $defs: rename(description.components.schemas) });
  const { paths } = documentSchema.parse({ ...description, paths: rename(description.paths) });
  return (path, answer) => {
    const type = (answer.headers.get('content-type') ?? '').split(';')[0] ?? '';
    const schema = paths[path]?.get.responses[String(answer.status)]?.content[type]?.schema;
    const values = type === 'application/x-ndjson' ? answer.text.trimEnd().split('\n').filter(Boolean).map(parseJson) : [answer.body];
    expect([path, answer.status, type, schema !== undefined]).toEqual([path, answer.status, type, true]);
    const validate = validator.compile(z.record(z.string(), z.json()).parse(schema));
    for (const value of values) {
      validate(value);
      expect([path, validate.errors]).toEqual([path, null]);
    }
  };
}
