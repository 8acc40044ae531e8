import { stringify } from 'csv-stringify/sync';

export type Cell = string | number;

/** So that no part of it begins a formula either where a spreadsheet parts cells by another sign than ours. */
function harmless(text: string): string {
  return text.replace(/(^|[,;\t\r\n"])(\s*)(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/g, "$1$2'");
}

/** Rows as CSV, as a Dutch or an English spreadsheet reads it. No cell can begin a formula. */
export function csvOf(rows: Cell[][], language: 'nl' | 'en'): string {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? harmless(cell) : cell)));
  return stringify(cells, {
    bom: true,
    delimiter: language === 'nl' ? ';' : ',',
    escape_formulas: true,
    // A line break of any kind within a text must not begin a row.
    quoted_string: true,
    record_delimiter: 'windows',
  });
}
