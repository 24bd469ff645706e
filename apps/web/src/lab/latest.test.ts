import { expect, it } from 'vitest';
import { latestOnly } from './latest.ts';

it('asks one at a time, and the newest of what came in meanwhile', async () => {
  const asked: PromiseWithResolvers<string>[] = [];
  const inputs: number[] = [];
  const answers: string[] = [];
  const ask = latestOnly(
    (input: number) => {
      inputs.push(input);
      asked.push(Promise.withResolvers());
      return asked.at(-1)!.promise;
    },
    (answer) => answers.push(answer),
  );
  for (const input of [1, 2, 3]) ask(input);
  expect(inputs).toEqual([1]);
  asked[0]!.resolve('one');
  await asked[0]!.promise;
  await Promise.resolve();
  expect(inputs).toEqual([1, 3]);
  asked[1]!.reject(new Error('gone'));
  await asked[1]!.promise.catch(() => {});
  await Promise.resolve();
  ask(4);
  asked[2]!.resolve('four');
  await asked[2]!.promise;
  await Promise.resolve();
  expect(answers).toEqual(['one', 'four']);
});
