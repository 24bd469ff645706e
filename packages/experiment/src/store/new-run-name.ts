import { checkValue, having, textRule } from '@latentkit/core/options';
import type { RunStore } from './run-store.ts';
import { checkNewRunName, checkStore } from './store-rules.ts';

/**
 * What a run is called where nobody says: when it began, local time, and its recipe.
 *
 * @example
 * datedRunName('digits-dense', new Date(2026, 0, 2, 3, 4, 5)); // '20260102-030405-digits-dense'
 */
export function datedRunName(recipe: string, date: Date = new Date()): string {
  checkValue('datedRunName', 'recipe', recipe, textRule);
  checkValue('datedRunName', 'date', date, having('a Date', { getFullYear: 'function' }));
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`;
  return `${day}-${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}-${recipe}`;
}

/**
 * A name that no run of a store has: the one that is wanted, or with a number behind it.
 *
 * @throws `E_USAGE` for a name that no folder can have.
 * @example
 * await freeRunName(store, 'first'); // 'first-2' where there is a run 'first'
 */
export async function freeRunName(store: RunStore, wanted: string): Promise<string> {
  checkStore('freeRunName', store);
  checkNewRunName('freeRunName', wanted);
  const taken = await store.list();
  let name = wanted;
  for (let count = 2; taken.includes(name); count++) name = `${wanted}-${count}`;
  return name;
}
