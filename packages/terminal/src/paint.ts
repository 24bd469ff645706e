import { styleText } from 'node:util';

/** Coloured text for stderr; plain where it is no terminal, or NO_COLOR says so. */
export function paint(style: Parameters<typeof styleText>[0], text: string): string {
  return styleText(style, text, { stream: process.stderr });
}
