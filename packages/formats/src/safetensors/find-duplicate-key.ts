/**
 * The first key that an object of a valid JSON text has twice, at any depth; `JSON.parse` would keep the last in silence.
 */
export function findDuplicateKey(json: string): string | undefined {
  const seen: (Set<string> | undefined)[] = []; // undefined for an array
  for (let i = 0; i < json.length; i++) {
    const character = json[i];
    if (character === '{') seen.push(new Set());
    else if (character === '[') seen.push(undefined);
    else if (character === '}' || character === ']') seen.pop();
    else if (character === '"') {
      const start = i;
      for (i++; json[i] !== '"'; i++) if (json[i] === '\\') i++;
      let after = i + 1;
      while (' \t\r\n'.includes(json[after]!)) after++;
      if (json[after] !== ':') continue;
      const key: string = JSON.parse(json.slice(start, i + 1));
      const keys = seen.at(-1)!;
      if (keys.has(key)) return key;
      keys.add(key);
    }
  }
  return undefined;
}
