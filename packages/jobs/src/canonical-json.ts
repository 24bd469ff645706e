import { LatentkitError } from '@latentkit/core';

const MOST_LEVELS = 32;

/**
 * JSON with the fields of each object in the order of their UTF-16 units and no spaces, so that equal data are equal texts
 * (the JSON Canonicalization Scheme of RFC 8785). Fields that are `undefined` are left out, as in JSON.
 *
 * @param where what to call the data in an error.
 * @throws `E_CONFIG` for what JSON cannot say (NaN, functions, dates, holes in lists), a field `__proto__`, and more than 32 levels.
 * @example
 * canonicalJson({ b: 1, a: [true, 'x'] }); // '{"a":[true,"x"],"b":1}'
 */
export function canonicalJson(data: unknown, where = 'data'): string {
  return write(data, where, 0);
}

function write(value: unknown, where: string, level: number): string {
  if (level > MOST_LEVELS) throw refusal(where, `lies deeper than ${MOST_LEVELS} levels`);
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return JSON.stringify(value);
    throw refusal(where, `must be a finite number, got ${value}`);
  }
  if (Array.isArray(value)) {
    return `[${Array.from(value, (item, i) => write(item, `${where}[${i}]`, level + 1)).join(',')}]`;
  }
  if (!isPlain(value)) throw refusal(where, `must be data that JSON can say, got ${describe(value)}`);
  const fields = Object.keys(value)
    .sort()
    .filter((name) => value[name] !== undefined)
    .map((name) => {
      if (name === '__proto__') throw refusal(where, 'must not have a field __proto__');
      return `${JSON.stringify(name)}:${write(value[name], `${where}.${name}`, level + 1)}`;
    });
  return `{${fields.join(',')}}`;
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value) as unknown;
  return prototype === null || Object.getPrototypeOf(prototype) === null; // of any realm
}

const describe = (value: unknown) => (typeof value === 'object' ? 'another object' : typeof value);

const refusal = (where: string, words: string) => new LatentkitError('E_CONFIG', `${where} ${words}`);
