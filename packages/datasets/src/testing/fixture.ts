import { readFileSync } from 'node:fs';

/** A file of the folder `fixtures`. */
export function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(`${import.meta.dirname}/../../fixtures/${name}`));
}

/** A JSON file of the folder `fixtures`. */
export function jsonFixture<Value>(name: string): Value {
  return JSON.parse(new TextDecoder().decode(fixture(name)));
}
