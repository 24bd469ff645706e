import { expect, it } from 'vitest';
import { evaluationTables } from './evaluation-tables.ts';

const metric = { name: 'kl', title: 'KL divergence', unit: 'nats', better: 'lower', value: 6.5, error: 0.25 };

it('says on which images it was measured, then the numbers by their titles, in all and by class', () => {
  const classes = [
    { label: 0, name: '<zero>', images: 4, values: { kl: 7.25 } },
    { label: -1, images: 2, values: { kl: 5 } },
  ];
  const of = { of: 'test images of digits', images: 6, available: 10, samples: 2, metrics: [metric] };
  const html = evaluationTables({ ...of, classes });
  expect(html).toContain('<p>On the first 6 test images of digits, 2 latent samples each.</p>');
  expect(html).toContain('<td class="name">KL divergence</td>');
  expect(html).not.toContain('lower');
  expect(html).toContain('<h3>By class</h3>');
  expect(html).toContain('<td class="name">&lt;zero&gt;</td><td>4</td><td>7.25</td>');
  expect(html).toContain('<td class="name">none</td><td>2</td><td>5</td>');
});

it('shows anything else as it is', () => {
  expect(evaluationTables({ negativeElbo: 101.25 })).toContain('101.25');
});
