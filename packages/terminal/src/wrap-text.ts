import { stripVTControlCharacters } from 'node:util';

/**
 * A line as several of at most `width` characters, broken at spaces; a word that is longer stays whole, so that a path can be copied.
 * Colours take no room. What is indented goes on indented.
 *
 * @example
 * wrapText('one two three', 8); // 'one two\nthree'
 */
export function wrapText(text: string, width: number): string {
  if (lengthOf(text) <= width) return text;
  const [indent = ''] = /^ */.exec(text) ?? [];
  const lines: string[] = [];
  let line = '';
  for (const word of text.slice(indent.length).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || lengthOf(indent + longer) <= width) line = longer;
    else {
      lines.push(indent + line);
      line = word;
    }
  }
  return [...lines, indent + line].join('\n');
}

function lengthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}

/** Stands for a space where no line breaks: a control character, which no name or path that is shown has. */
const KEPT = '\x1f';

/**
 * A text that `talk` never breaks, for commands to paste: half of one is another command.
 *
 * @example
 * talk(`Go on with it: ${unbroken('latentkit train --resume runs/first')}`);
 */
export function unbroken(text: string): string {
  return text.replaceAll(' ', KEPT);
}

/** The spaces of {@link unbroken} texts. */
export function withSpaces(text: string): string {
  return text.replaceAll(KEPT, ' ');
}
