/** Says a line to the person at the terminal: on stderr, as stdout is for data. */
export function talk(line = ''): void {
  process.stderr.write(`${line}\n`);
}
