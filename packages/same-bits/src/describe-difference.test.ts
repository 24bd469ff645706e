import { expect, it } from 'vitest';
import { describeDifference } from './describe-difference.ts';

const trace = { hash: 'aa', parameters: { kernel: '1', bias: '2' }, losses: [3, 2, 1] };
const recipe = 'keras-dense';

it('has nothing to say of the expected weights', () => {
  expect(describeDifference({ recipe, got: trace, expected: 'aa' })).toBeUndefined();
});

it('says what was expected, what came, and how to accept it', () => {
  const text = describeDifference({ recipe, got: trace, expected: 'bb' });
  expect(text).toMatch(/^keras-dense: .*\n {2}expected bb\n {2}got {6}aa\n/);
  expect(text).toContain('make-hashes.js');
});

it('says when another run got the same', () => {
  const other = { name: 'eager', trace };
  expect(describeDifference({ recipe, got: trace, expected: 'bb', other })).toContain("'eager' got the same");
});

it('says from which step on and in which parameters it parts from another run', () => {
  const got = { hash: 'cc', parameters: { kernel: '1', bias: '9' }, losses: [3, 2.5, 1] };
  const other = { name: 'eager', trace };
  expect(describeDifference({ recipe, got, expected: 'aa', other })).toContain(
    "against 'eager': the loss differs from step 2 on; in the end these do: bias\n",
  );
});
