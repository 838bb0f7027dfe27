// The tables of attacks in `docs/threat-model.md`, as what they claim: which test shows that an attack fails, and what remains.

export type Threat = {
  readonly section: string;
  readonly attack: string;
  /** Paths below the repository's root: a test, or a folder of tests. */
  readonly shownBy: readonly string[];
  readonly remains: string;
};

const header = ['Attack', 'What stops it', 'Shown by', 'What remains'];

const toCells = (line: string): readonly string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

const isRule = (cells: readonly string[]): boolean => cells.every((cell) => /^-+$/.test(cell));

function toThreat(section: string, [attack = '', , shown = '', remains = '']: readonly string[]): Threat {
  const shownBy = [...shown.matchAll(/`(?<path>tests\/[^`]+)`/g)].map(({ groups }) => groups?.['path'] ?? '');
  return { section, attack, shownBy, remains };
}

/** Of every table whose heads are those of an attack. Rows of other tables are no attacks. */
export function listThreats(text: string): readonly Threat[] {
  return text.split(/^## /m).flatMap((part) => {
    const [section = '', ...lines] = part.split('\n');
    const first = lines.findIndex((line) => line.startsWith('|') && toCells(line).join() === header.join());
    const rows = first < 0 ? [] : lines.slice(first + 1).filter((line) => line.startsWith('|'));
    return rows.map(toCells).flatMap((cells) => (isRule(cells) ? [] : [toThreat(section, cells)]));
  });
}
