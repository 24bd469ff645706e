/**
 * JSON with comments (to the end of a line, or between slashes and stars) and commas behind the last of a list as plain JSON, each character where it was: errors of the rest
 * keep their places.
 */
export function withoutComments(text: string): string {
  const blank = (found: string) => found.replace(/[^\n\r]/g, ' ');
  const bare = text.replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n\r]*|\/\*[\s\S]*?\*\//g, (found) =>
    found.startsWith('"') ? found : blank(found),
  );
  return bare.replace(/"(?:[^"\\\n]|\\.)*"|,(?=\s*[\]}])/g, (found) => (found === ',' ? ' ' : found));
}
