import { expect, test } from 'vitest';
import { classNameTags } from './class-name-tags.ts';

const at = (name: string, x: number, y: number) => ({ name, points: [[x, y]] as const });

test('a name stands at the median of its points', () => {
  const [tag] = classNameTags([
    {
      name: '7',
      points: [
        [0, 0],
        [10, 20],
        [900, 900],
      ],
    },
  ]);
  expect(tag?.attributes.get('x')).toBe('10');
});

test('names step aside for each other, and stay away where there is no room left', () => {
  const crowd = Array.from({ length: 7 }, (_, i) => at(`${i}`, 50, 50));
  const ys = classNameTags([...crowd, at('far', 400, 50)]).map((tag) => tag.attributes.get('y'));
  expect(new Set(ys).size).toBe(5);
  expect(ys).toHaveLength(6);
});

test('classes that all lie in one spot, as in a collapsed latent space, have no names over it', () => {
  expect(classNameTags([at('0', 50, 50), at('1', 60, 50), at('2', 50, 88)])).toEqual([]);
  expect(classNameTags([at('0', 50, 50), at('1', 60, 50), at('2', 50, 89)])).toHaveLength(3);
  expect(classNameTags([at('0', 50, 50)])).toHaveLength(1);
});

test('many classes and long names are left to the legend', () => {
  expect(classNameTags(Array.from({ length: 21 }, (_, i) => at(`${i}`, 30 * i, 0)))).toEqual([]);
  expect(classNameTags([at('a very long class name', 0, 0)])).toEqual([]);
});
