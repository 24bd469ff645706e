import { withSpaces, wrapText } from './wrap-text.ts';

/** Says a line to the person at the terminal: on stderr, as stdout is for data. A narrow terminal gets it broken at spaces. */
export function talk(line = ''): void {
  const { isTTY, columns } = process.stderr;
  const lines = line.split('\n').map((one) => (isTTY && columns > 0 ? wrapText(one, columns) : one));
  process.stderr.write(`${withSpaces(lines.join('\n'))}\n`);
}
