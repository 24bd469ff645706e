import { expect, test } from 'vitest';
import { SvgElement, SvgText, svgDocument } from './svg-element.ts';

test('numbers keep two decimals, in attributes and in paths', () => {
  const element = new SvgElement('path');
  element.setAttribute('x', 12.34567);
  element.setAttribute('y', -0.0001);
  element.setAttribute('d', 'M1.23456,-7.00001L1e3,0.5');
  element.setAttribute('href', 'data:1.23456');
  expect(Object.fromEntries(element.attributes)).toEqual({
    x: '12.35',
    y: '0',
    d: 'M1.23,-7L1e3,0.5',
    href: 'data:1.23456',
  });
});

test('a node has one parent, and stands before the node it was put before', () => {
  const parent = new SvgElement('g');
  const [first, second] = [parent.appendChild(new SvgElement('a')), new SvgText('b')];
  parent.insertBefore(second, first);
  expect(parent.childNodes).toEqual([second, first]);
  new SvgElement('g').appendChild(first);
  expect(parent.childNodes).toEqual([second]);
});

test('setting the text replaces the children', () => {
  const element = svgDocument.createElementNS('', 'text');
  element.textContent = 'one';
  element.textContent = 'two';
  expect(element.textContent).toBe('two');
  element.textContent = null;
  expect(element.childNodes).toHaveLength(0);
});
