import { expect, it } from 'vitest';
import { classNumber } from './told-classes.ts';

it('numbers a class by its name among those of the images', async () => {
  const shoes = { title: 'test images of shoes', classNames: ['boot', 'sandal'] };
  expect(await classNumber('sandal', () => shoes)).toBe(1);
  expect(await classNumber('7', () => expect.fail('a number needs no names'))).toBe(7);
  await expect(classNumber('sneaker', () => shoes)).rejects.toThrow(
    "label: the test images of shoes have no class 'sneaker'. Classes: boot, sandal",
  );
  await expect(classNumber('boot', () => ({ title: 'images of a file' }))).rejects.toThrow(
    'Give its number, from 0',
  );
});
