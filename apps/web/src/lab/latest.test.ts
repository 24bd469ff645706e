import { expect, it } from 'vitest';
import { latestOnly } from './latest.ts';

/** Questions that are answered one by one, and what was made of the answers. */
function open(options: { usesOvertaken?: boolean } = {}) {
  const asked: PromiseWithResolvers<string>[] = [];
  const inputs: number[] = [];
  const heard: string[] = [];
  const ask = latestOnly(
    (input: number) => {
      inputs.push(input);
      asked.push(Promise.withResolvers());
      return asked.at(-1)!.promise;
    },
    (answer) => heard.push(answer),
    { ...options, fail: ({ message }, input) => heard.push(`${input}: ${message}`) },
  );
  const answer = async (i: number, words: string | Error) => {
    if (typeof words === 'string') asked[i]!.resolve(words);
    else asked[i]!.reject(words);
    await asked[i]!.promise.catch(() => {});
    await Promise.resolve();
  };
  return { ask, answer, inputs, heard };
}

it('asks one at a time, and the newest of what came in meanwhile', async () => {
  const { ask, answer, inputs, heard } = open();
  for (const input of [1, 2, 3]) ask(input);
  expect(inputs).toEqual([1]);
  await answer(0, 'one');
  expect(inputs).toEqual([1, 3]);
  await answer(1, 'three');
  expect(heard).toEqual(['three']); // that to the first was overtaken
});

it('uses answers that were overtaken where they are wanted', async () => {
  const { ask, answer, heard } = open({ usesOvertaken: true });
  for (const input of [1, 2, 3]) ask(input);
  await answer(0, 'one');
  await answer(1, 'three');
  expect(heard).toEqual(['one', 'three']);
});

it('tells why there is no answer to the newest, and goes on', async () => {
  const { ask, answer, heard } = open();
  ask(1);
  ask(2);
  await answer(0, new Error('overtaken'));
  await answer(1, new Error('gone'));
  ask(3);
  await answer(2, 'three');
  expect(heard).toEqual(['2: gone', 'three']);
});
