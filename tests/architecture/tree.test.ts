import { describe, expect, test } from 'vitest';

import { zones } from './matrix.ts';
import { readTree } from './read-tree.ts';
import { rules } from './rules/all.ts';

const tree = readTree();

describe('The tree', () => {
  test('was read, with its imports', () => {
    expect(tree.length).toBeGreaterThan(20);
    expect(tree.flatMap(({ imports }) => imports).length).toBeGreaterThan(60);
  });

  test.each(Object.entries(rules))('keeps the rule %s', (_, rule) => {
    expect(rule(tree).map(({ path, detail }) => `${path}: ${detail}`)).toEqual([]);
  });
});

describe('The matrix', () => {
  test('lets no two zones of the product import each other', () => {
    const product = zones.filter(({ at }) => at.startsWith('src/') && at.endsWith('/') && at !== 'src/cli/');
    const mutual = product.flatMap((one) =>
      product.filter(
        (other) => one !== other && one.imports.some((at) => other.at.startsWith(at)) && other.imports.some((at) => one.at.startsWith(at)),
      ),
    );
    expect(mutual).toEqual([]);
  });

  test('keeps the database away from the pages, and the engine and the database away from the domain', () => {
    const packagesOf = (prefix: string) => zones.filter(({ at }) => at.startsWith(prefix)).flatMap(({ packages }) => packages);
    expect(packagesOf('src/domain/')).not.toContain('oidc-provider');
    expect(packagesOf('src/domain/')).not.toContain('drizzle-orm');
    expect(zones.find(({ at }) => at === 'src/web/')?.imports).not.toContain('src/storage/');
  });
});
