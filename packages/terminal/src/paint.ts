import { styleText } from 'node:util';

/** Coloured text for stderr, or for the stream it goes to; plain where that is no terminal, or NO_COLOR says so. */
export function paint(
  style: Parameters<typeof styleText>[0],
  text: string,
  stream: NodeJS.WriteStream = process.stderr,
): string {
  return styleText(style, text, { stream });
}
