import type { SvgElement } from './svg.ts';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no way to write these characters
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(FORBIDDEN, '\ufffd')
    .replace(/[&<>"]/g, (character) => ESCAPES[character]!);
}

/**
 * An element and all below it as XML.
 *
 * @example
 * serializeSvg(svg('text', { x: 1 }, 'a < b')); // '<text x="1">a &lt; b</text>'
 */
export function serializeSvg(element: SvgElement | string): string {
  if (typeof element === 'string') return escapeXml(element);
  const { name, attributes, children } = element;
  let open = `<${name}`;
  for (const [key, value] of attributes) open += ` ${key}="${escapeXml(value)}"`;
  if (children.length === 0) return `${open}/>`;
  return `${open}>${children.map(serializeSvg).join('')}</${name}>`;
}
