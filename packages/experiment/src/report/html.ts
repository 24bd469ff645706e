import { escapeHtml as text } from './escape-html.ts';
import { REPORT_STYLE } from './report-style.ts';

/** A page that needs no other file and no script. `main` is HTML, the title text. */
export function htmlPage(title: string, main: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)} - Latentkit</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<main>
${main}
</main>
</body>
</html>
`;
}

/** A part of a page that its contents lead to; nothing where there is nothing in it. */
export function section(id: string, heading: string, body: string): string {
  return body === '' ? '' : `<section id="${text(id)}"><h2>${text(heading)}</h2>${body}</section>`;
}

/** Links to the sections of some HTML, in its order. */
export function contents(html: string): string {
  const links = [...html.matchAll(/<section id="([^"]*)"><h2>(.*?)<\/h2>/g)].map(
    ([, id, heading]) => `<a href="#${id}">${heading}</a>`,
  );
  return `<nav>${links.join('')}</nav>`;
}

export interface TableOptions {
  /** How many of the first columns hold words, not numbers. */
  names?: number;
  /** How many of the last columns hold sentences, which may wrap. */
  prose?: number;
  /** Which row stands out. */
  mark?: number;
  /** `'pairs'` of names and values, as narrow as they are. */
  kind?: 'pairs';
}

/** A table of cells as text; wide ones scroll by themselves. */
export function table(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  { names = 0, prose = 0, mark, kind }: TableOptions = {},
): string {
  const classOf = (i: number) =>
    i < names ? ' class="name"' : i >= titles.length - prose ? ' class="prose"' : '';
  const cells = (tag: string, row: readonly string[]) =>
    row.map((cell, i) => `<${tag}${classOf(i)}>${text(cell)}</${tag}>`).join('');
  const body = rows.map((row, i) => `<tr${i === mark ? ' class="kept"' : ''}>${cells('td', row)}</tr>`);
  return `<div class="scroll"><table${kind ? ` class="${kind}"` : ''}><thead><tr>${cells('th', titles)}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

export interface PictureContent {
  title: string;
  svg: string;
  caption?: string;
  howToRead?: string;
  /** Of the element, for what a picture needs of its own. */
  name?: string;
}

/** A figure with its words. As an image, not inline: an SVG's ids and styles then stay its own. */
export function picture({ title, svg, caption, howToRead, name = 'picture' }: PictureContent): string {
  const words = [
    caption === undefined ? '' : `<figcaption>${text(caption)}</figcaption>`,
    howToRead === undefined ? '' : `<p class="how">${text(howToRead)}</p>`,
  ];
  return `<figure class="${text(name)}"><div class="scroll"><img alt="${text(title)}" src="data:image/svg+xml;base64,${toBase64(svg)}"></div>${words.join('')}</figure>`;
}

/** Something to be copied: a click marks all of it. */
export function copyable(words: string): string {
  return `<pre class="copy">${text(words)}</pre>`;
}

function toBase64(svg: string): string {
  const bytes = new TextEncoder().encode(svg);
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
