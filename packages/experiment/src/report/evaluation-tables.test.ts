import { expect, it } from 'vitest';
import { TINY_EVALUATION } from '../testing/tiny-evaluation.ts';
import { evaluationTables } from './evaluation-tables.ts';

it('says on which images it was measured, then the numbers by their titles, in all and by class', () => {
  const html = evaluationTables(TINY_EVALUATION);
  expect(html).toContain('<p>On the first 6 test images of digits, 2 latent samples each.</p>');
  expect(html).toContain('<td class="name">KL divergence</td>');
  expect(html).not.toContain('lower');
  expect(html).toContain('<h3>By class</h3>');
  expect(html).toContain('<td class="name">&lt;zero&gt;</td><td>4</td><td>7.25</td>');
  expect(html).toContain('<td class="name">none</td><td>2</td><td>5</td>');
});
