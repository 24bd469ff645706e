import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

const packageFolder = fileURLToPath(new URL('../..', import.meta.url));

/** A program that prints a hash prints the same one whether V8 widens SIMD or not, and by its baseline compiler. */
export function expectSameBits(program: string): void {
  const hashWith = (...flags: string[]) =>
    execFileSync(process.execPath, [...flags, '--input-type=module', '--eval', program], {
      cwd: packageFolder,
      encoding: 'utf8',
    });
  const plain = hashWith();
  expect(plain).toMatch(/^[0-9a-f]{64}$/);
  expect(hashWith('--experimental-wasm-revectorize')).toBe(plain);
  expect(hashWith('--liftoff-only')).toBe(plain);
}
