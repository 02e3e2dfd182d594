/** Draws reports as tables, for a terminal or for a README. */
import { type CaseReport, cpuPerGigabyte, type Goal, isMet, type RaceEntry } from './report.ts';

export type TableStyle = 'text' | 'markdown';

export function drawReport(report: CaseReport, style: TableStyle): string {
  const title = style === 'markdown' ? `**${report.title}**` : report.title;
  switch (report.kind) {
    case 'skipped':
      return `${title}\n\nSkipped: ${report.why}\n`;
    case 'facts': {
      const rows = report.facts.map((fact) => [fact.name, fact.text]);
      return `${[title, drawTable(['Measured', 'Figure'], rows, style), ...drawGoals(report.goals, style)].join('\n\n')}\n`;
    }
    case 'race': {
      const rows = report.entries.map((entry) => raceRow(entry, report));
      const table = drawTable(['Program', 'Wall s', 'x', 'CPU s/GB', 'x', 'Peak MB'], rows, style);
      return `${[title, table, ...drawGoals(report.goals, style)].join('\n\n')}\n`;
    }
    default:
      return report satisfies never;
  }
}

/** Ratios are to the first entry that has a result. */
function raceRow(entry: RaceEntry, race: CaseReport & { kind: 'race' }): readonly string[] {
  const base = race.entries.find((candidate) => candidate.cost !== null)?.cost ?? null;
  if (entry.cost === null || base === null) return [entry.name, entry.trouble ?? 'no result', '', '', '', ''];
  const { wallSeconds, cpuSeconds, peakBytes } = entry.cost;
  return [
    entry.trouble === null ? entry.name : `${entry.name} (${entry.trouble})`,
    wallSeconds.toFixed(2),
    ratioText(wallSeconds, base.wallSeconds),
    cpuPerGigabyte(entry.cost, race.sizeBytes).toFixed(2),
    ratioText(cpuSeconds, base.cpuSeconds),
    (peakBytes / 1e6).toFixed(0),
  ];
}

function ratioText(value: number, base: number): string {
  return base > 0 ? (value / base).toFixed(2) : '-';
}

function drawGoals(goals: readonly Goal[], style: TableStyle): readonly string[] {
  if (goals.length === 0) return [];
  const lines = goals.map((goal) => {
    const mark = isMet(goal) ? 'met' : 'MISSED';
    return `${style === 'markdown' ? '- ' : '  '}${mark}: ${goal.name} ${amountText(goal.value, goal.unit)} (at most ${amountText(goal.limit, goal.unit)})`;
  });
  return [lines.join('\n')];
}

function amountText(value: number, unit: Goal['unit']): string {
  return `${value.toFixed(unit === 'MB' || unit === '%' ? 1 : 2)}${unit === 'x' ? 'x' : ` ${unit}`}`;
}

/** Columns but the first are figures, set to the right. */
export function drawTable(head: readonly string[], rows: ReadonlyArray<readonly string[]>, style: TableStyle): string {
  const all = [head, ...rows].map((row) =>
    row.map((cell) => (style === 'markdown' ? cell.replaceAll('|', '\\|') : cell)),
  );
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length), 3));
  const lines = all.map((row) =>
    widths.map((width, column) => align(row[column] ?? '', width, column)).join(style === 'markdown' ? ' | ' : '  '),
  );
  if (style === 'text') return lines.map((line) => line.trimEnd()).join('\n');
  const rule = widths
    .map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
    .join(' | ');
  const [first = '', ...rest] = lines;
  return [first, rule, ...rest].map((line) => `| ${line} |`).join('\n');
}

function align(text: string, width: number, column: number): string {
  return column === 0 ? text.padEnd(width) : text.padStart(width);
}
