import { LatentkitError } from '@latentkit/core';

/** A row's cells as text, and the line of the file where the row begins. */
export interface CsvRow {
  readonly line: number;
  readonly cells: string[];
}

/**
 * Cuts RFC 4180 text into rows: quoted cells may hold delimiters, line breaks and doubled quotes. Blank lines at the end
 * are none.
 */
export function* splitCsv(text: string, delimiter: string): Generator<CsvRow> {
  let position = text.startsWith('\ufeff') ? 1 : 0;
  let line = 1;
  const last = endOfRows(text, position, delimiter);
  while (position < last) {
    const row: CsvRow = { line, cells: [] };
    for (;;) {
      if (text[position] === '"') {
        const { cell, end } = readQuoted(text, position, line);
        row.cells.push(cell);
        line += cell.split('\n').length - 1;
        position = end;
      } else {
        let end = position;
        while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r')
          end++;
        row.cells.push(text.slice(position, end));
        position = end;
      }
      if (text[position] !== delimiter) break;
      position++;
    }
    if (text[position] === '\r') position++;
    if (text[position] === '\n') position++;
    else if (position < text.length && text[position - 1] !== '\r') {
      throw new LatentkitError(
        'E_FORMAT',
        `parseCsv: line ${line}: expected '${delimiter}' or the end of the line after a quoted cell, got ${JSON.stringify(text[position])}`,
      );
    }
    line++;
    yield row;
  }
}

function readQuoted(text: string, start: number, line: number): { cell: string; end: number } {
  let cell = '';
  let position = start + 1;
  for (;;) {
    const quote = text.indexOf('"', position);
    if (quote < 0) {
      throw new LatentkitError('E_FORMAT', `parseCsv: line ${line}: a quoted cell is never closed`);
    }
    cell += text.slice(position, quote);
    if (text[quote + 1] !== '"') return { cell, end: quote + 1 };
    cell += '"';
    position = quote + 2;
  }
}

/** Behind the last line that is not blank; `start` when all are. */
function endOfRows(text: string, start: number, delimiter: string): number {
  let end = text.length;
  for (let i = end - 1; i >= start; i--) {
    const character = text[i]!;
    if (character === '\n' || (character === '\r' && text[i + 1] !== '\n')) end = i + 1;
    else if (character === delimiter || !' \t\r'.includes(character)) return end;
  }
  return start;
}
