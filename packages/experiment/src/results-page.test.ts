import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { measureRun, RUNS, writeResults } from '../scripts/measure-results.js';

const read = (name: string) => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');
const results = JSON.parse(read('results.json'));

it('the page of results has the figures that were measured', () => {
  const page = read('results.md');
  expect(page.match(/<!-- end -->/g)).toHaveLength(6);
  expect(writeResults(page, results)).toBe(page);
});

it('the short run, made anew, gives the figures of the page to the last digit', async () => {
  expect(await measureRun(RUNS['digits-short'])).toEqual(results.runs['digits-short']);
});
