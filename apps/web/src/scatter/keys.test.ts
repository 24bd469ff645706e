import { describe, expect, it } from 'vitest';
import { readKey } from './keys.ts';

const key = (name: string, held = {}) => ({
  key: name,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  ...held,
});

describe('keys of a map', () => {
  it.each([
    ['ArrowLeft', { do: 'step', dx: -16, dy: 0 }],
    ['ArrowUp', { do: 'step', dx: 0, dy: -16 }],
    ['+', { do: 'zoom', factor: 1.25 }],
    ['-', { do: 'zoom', factor: 0.8 }],
    ['0', { do: 'fit' }],
    ['n', { do: 'visit', by: 1 }],
    ['P', { do: 'visit', by: -1 }],
    ['c', { do: 'next-class' }],
    ['L', { do: 'round' }],
    [']', { do: 'grow', factor: 1.2 }],
    ['Enter', { do: 'press' }],
    ['Escape', { do: 'leave' }],
  ])('%s', (name, action) => {
    expect(readKey(key(name), true)).toEqual(action);
  });

  it('step finely with Shift', () => {
    expect(readKey(key('ArrowDown', { shiftKey: true }), true)).toEqual({ do: 'step', dx: 0, dy: 2 });
  });

  it('leave alone what is the browser’s or the page’s', () => {
    expect(readKey(key('0', { ctrlKey: true }), true)).toBeUndefined();
    expect(readKey(key('c', { metaKey: true }), true)).toBeUndefined();
    expect(readKey(key('a'), true)).toBeUndefined();
    expect(readKey(key('Tab'), true)).toBeUndefined();
  });

  it('that are letters can be turned off, the others stay', () => {
    expect(readKey(key('n'), false)).toBeUndefined();
    expect(readKey(key('+'), false)).toBeDefined();
  });
});
