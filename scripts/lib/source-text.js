const COMMENT_OR_STRING = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g;
const IMPORT = /\b(?:from|import)\s*\(?\s*(['"])([^'"\n]+)\1/g;
const URL_OF_FILE = /\bnew\s+URL\(\s*(['"])(\.[^'"\n]+)\1\s*,\s*import\.meta\.url/g;

/** The text of a JavaScript or TypeScript file without its comments, and (if wanted) with its strings emptied. */
export function stripComments(text, { strings = true } = {}) {
  return text.replace(COMMENT_OR_STRING, (match) => {
    if (match.startsWith('/')) return ' ';
    return strings ? match : "''";
  });
}

/** What a file imports or re-exports: static, dynamic and type-only, and files it names by `new URL(..., import.meta.url)`. */
export function readImports(text) {
  const code = stripComments(text);
  const found = [...code.matchAll(IMPORT), ...code.matchAll(URL_OF_FILE)];
  return [...new Set(found.map((match) => match[2]))];
}
