import { expect, test } from 'vitest';
import { unbroken, withSpaces, wrapText } from './wrap-text.ts';

test('breaks at spaces, and nowhere else', () => {
  expect(wrapText('one two three', 8)).toBe('one two\nthree');
  expect(wrapText('one two three', 13)).toBe('one two three');
  expect(wrapText('in runs/20260101-120000-digits-dense now', 10)).toBe(
    'in\nruns/20260101-120000-digits-dense\nnow',
  );
});

test('colours take no room', () => {
  expect(wrapText('\x1b[1mone\x1b[22m two three', 8)).toBe('\x1b[1mone\x1b[22m two\nthree');
});

test('what is indented goes on indented', () => {
  expect(wrapText('  one two three', 8)).toBe('  one\n  two\n  three');
});

test('a command to paste stays on one line, however long it is', () => {
  const command = "latentkit train --resume 'my run'";
  const wrapped = wrapText(`Go on with it: ${unbroken(command)}`, 20);
  expect(withSpaces(wrapped)).toBe(`Go on with it:\n${command}`);
});
