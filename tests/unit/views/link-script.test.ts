import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readVerifyParts } from '../../../views/asset-list.ts';
import { linkScript } from '../../../views/link-script.ts';

describe('joined modules', () => {
  let folder: string;
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'huwiya-link-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('hold each module once, after those it needs, without lines of comment', () => {
    write('low.js', '// Why.\n\n/**\n * @type {number}\n */\nexport const low = 1;\n');
    write('middle.js', "import { low } from './low.js';\nexport const middle = low + 1;\n");
    const top = write(
      'top.js',
      "import { low } from './low.js';\nimport {\n  middle,\n} from './middle.js';\nexport const top = low + middle;\n",
    );
    expect(linkScript(top)).toBe('export const low = 1;\nexport const middle = low + 1;\nexport const top = low + middle;\n');
  });

  it('are set in with tabs, which weigh half of what two spaces do', () => {
    expect(linkScript(write('deep.js', 'if (a) {\n  if (b) {\n    c("  d");\n  }\n}\n'))).toBe(
      'if (a) {\n\tif (b) {\n\t\tc("  d");\n\t}\n}\n',
    );
  });

  it.each(["import './side.js';\n", "import * as all from './low.js';\n", "import { z } from 'zod';\n"])('refuse %j', (line) => {
    expect(() => linkScript(write('odd.js', `${line}export const odd = 1;\n`))).toThrow(/cannot be joined/);
  });

  it('share no name in the script of the page that checks receipts, and stop only where there is no page', async () => {
    const { script } = readVerifyParts();
    const run = import(`data:text/javascript;base64,${Buffer.from(script).toString('base64')}`);
    await expect(run).rejects.toThrow(/document is not defined/);
  });
});
