import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodeTensorboardEvents, type TensorboardEvent } from './encode-tensorboard-events.ts';

const fixture = (name: string) =>
  new Uint8Array(readFileSync(`${import.meta.dirname}/../../fixtures/${name}`));
const wallTime = 1767225600.25;

const EVENTS: readonly TensorboardEvent[] = [
  { wallTime, mark: 'version' },
  { wallTime, step: 3, mark: 'start' },
  {
    wallTime: wallTime + 1,
    step: 1,
    values: [
      { tag: 'loss', scalar: 161.5, description: 'nats an image, *lower* is better' },
      { tag: 'kl', scalar: 0.1 },
    ],
  },
  { wallTime: wallTime + 2, step: 2 ** 40, values: [{ tag: 'größe/π', scalar: Number.NaN }] },
  {
    wallTime: wallTime + 3,
    step: 300,
    values: [
      { tag: 'gray', png: fixture('tensorboard-gray.png') },
      { tag: 'rgba', png: fixture('tensorboard-rgba.png') },
    ],
  },
];

describe('encodeTensorboardEvents', () => {
  it('writes the bytes that TensorBoard writes', () => {
    expect(encodeTensorboardEvents(EVENTS)).toEqual(fixture('tensorboard.tfevents'));
  });

  it('can be added to', () => {
    const parts = EVENTS.flatMap((event) => [...encodeTensorboardEvents([event])]);
    expect(Uint8Array.from(parts)).toEqual(fixture('tensorboard.tfevents'));
    expect(encodeTensorboardEvents([])).toEqual(new Uint8Array());
  });

  it.each([
    ['no list', 5, 'E_USAGE'],
    ['a list of no events', [null], 'E_CONFIG'],
    ['an event without a time', [{ step: 1 }], 'E_RANGE'],
    ['a step that is no whole number', [{ wallTime, step: 1.5 }], 'E_RANGE'],
    ['an option that nobody knows', [{ wallTime, stepp: 1 }], 'E_CONFIG'],
    ['a value without a tag', [{ wallTime, values: [{ scalar: 1 }] }], 'E_USAGE'],
    ['a value that is neither number nor picture', [{ wallTime, values: [{ tag: 'a' }] }], 'E_USAGE'],
    ['a number as text', [{ wallTime, values: [{ tag: 'a', scalar: '1' }] }], 'E_USAGE'],
    ['a picture of no bytes', [{ wallTime, values: [{ tag: 'a', png: 'x' }] }], 'E_USAGE'],
    ['a picture that is no PNG', [{ wallTime, values: [{ tag: 'a', png: new Uint8Array(40) }] }], 'E_FORMAT'],
    [
      'a picture that is cut off',
      [{ wallTime, values: [{ tag: 'a', png: fixture('tensorboard-gray.png').subarray(0, 20) }] }],
      'E_FORMAT',
    ],
  ])('refuses %s', (_, events, code) => {
    expect(() => encodeTensorboardEvents(events as never)).toThrow(expect.objectContaining({ code }));
  });
});
