import { expect, test } from 'vitest';
import { contentTop, figure } from './figure.ts';

const size = { width: 300, height: 100 };

test('a figure is a standalone SVG of explicit size, named by its title', () => {
  const text = figure(size, { title: 'Loss', subtitle: 'of a run' }, []);
  expect(text).toMatch(
    /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="300" height="100" viewBox="0 0 300 100"/,
  );
  expect(text).toContain('<title>Loss</title>');
  expect(text).toContain('>of a run</text>');
});

test('empty lines of the heading are left out, and the content moves up', () => {
  expect(figure(size, { title: '', subtitle: '' }, [])).not.toContain('<text');
  expect(contentTop({ title: '', subtitle: '' })).toBeLessThan(contentTop({ title: 'a', subtitle: '' }));
});

test('a title wider than the figure is cut, its accessible name is whole', () => {
  const title = 'a title that goes on and on and on and on';
  const text = figure({ width: 200, height: 100 }, { title, subtitle: '' }, []);
  expect(text).toContain(`<title>${title}</title>`);
  expect(text).toContain('…</text>');
});
