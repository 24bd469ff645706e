import { expect, it } from 'vitest';
import { valueTables } from './value-tables.ts';

it('shows plain fields as names and values, lists of objects as rows, others by their names', () => {
  const html = valueTables({
    images: 2000,
    range: [0, 1],
    parts: { reconstruction: 0.5 },
    rows: [{ a: 1 }, { b: 'x' }],
  });
  expect(html).toContain('<td class="name">images</td><td>2,000</td>');
  expect(html).toContain('<td class="name">range</td><td>0, 1</td>');
  expect(html).toContain('<h3>parts</h3>');
  expect(html).toContain('<th class="name">b</th><th>a</th>'); // words first
  expect(html).toContain('<td class="name"></td><td>1</td>');
});

it('puts numbers before sentences, and a title in the place of a name', () => {
  const convention = 'of what mean codes decode to, summed over the pixels';
  const html = valueTables([{ name: 'mse', title: 'Squared error', convention, value: 0.5 }]);
  expect(html).toContain('<th class="name">title</th><th>value</th><th class="prose">convention</th>');
});

it('shows whatever JSON may be, escaped, and not without end', () => {
  expect(valueTables('<b>')).toBe('<p>&lt;b&gt;</p>');
  expect(valueTables([])).toBe('<p>none</p>');
  expect(valueTables(Array.from({ length: 250 }, (_, i) => i))).toContain('and 150 more');
  let deep: unknown = 'x';
  for (let i = 0; i < 1000; i++) deep = { deep };
  expect(valueTables(deep).length).toBeLessThan(20_000);
});
