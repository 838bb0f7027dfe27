// What the descriptions of the interfaces for programs (OpenAPI 3.1) have in common.

import type { Context } from 'koa';
import { z } from 'zod';
import type { Json } from '../domain/kernel/canonical.ts';
import type { PageNeeds } from './needs.ts';

export type JsonObject = { readonly [name: string]: Json };

/** A JSON object of whatever shape. */
export const jsonSchema = z.record(z.string(), z.json());

/** The schemas under their names, as `components.schemas` holds them. `io`: whether they describe what is parsed or what comes out of it. */
export function toSchemas(named: Readonly<Record<string, z.ZodType>>, io: 'input' | 'output'): JsonObject {
  const registry = z.registry<{ id: string }>();
  Object.entries(named).forEach(([id, schema]) => registry.add(schema, { id }));
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}`, io });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      const { $schema: _dialect, $id: _id, ...own } = jsonSchema.parse(schema);
      return [name, own];
    }),
  );
}

/** A refusal (RFC 9457); the document MUST name the schema `Problem`. */
export const toProblem = (description: string): JsonObject => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

/** Serves a document that is made once for each issuer. Public: whoever writes a program reads it before there is a token. */
export function createDocumentPage(create: (needs: PageNeeds) => Json): (needs: PageNeeds, ctx: Context) => Promise<void> {
  const documents = new Map<string, string>();
  return async (needs, ctx) => {
    const document = documents.get(needs.issuer) ?? JSON.stringify(create(needs));
    documents.set(needs.issuer, document);
    ctx.set('Access-Control-Allow-Origin', '*');
    ctx.body = document;
    ctx.type = 'application/json';
  };
}
