import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { signal } from '@preact/signals';
import { expect, it } from 'vitest';
import { TOUR_PAGES, type TourFacts } from './pages.ts';
import { TOUR_TARGETS } from './target.ts';
import { createTour } from './tour.ts';

const FIRST: TourFacts = {
  ...{ phase: 'starting', place: 'train', looks: 0, drawings: 0 },
  ...{ stage: undefined, walks: false, learns: false },
};

function open(memory?: Pick<Storage, 'getItem' | 'setItem'>) {
  const facts = signal(FIRST);
  const tour = createTour(facts, memory);
  const set = (part: Partial<TourFacts>) => {
    facts.value = { ...facts.value, ...part };
    return tour.page.value?.id;
  };
  return { tour, set };
}

function memoryOf(values: Map<string, string>) {
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
  };
}

it('goes from page to page by what is done, to its end', () => {
  const { tour, set } = open();
  expect(tour.page.value).toBeUndefined();
  tour.start();
  expect(tour.page.value?.id).toBe('watch');
  expect(set({ phase: 'training' })).toBe('watch');
  expect(set({ phase: 'ended' })).toBe('open');
  expect(set({ place: 'map' })).toBe('move');
  expect(set({ looks: 11 })).toBe('move');
  expect(set({ looks: 12 })).toBe('zoom');
  expect(set({ stage: 'middle' })).toBe('zoom');
  expect(set({ stage: 'near' })).toBe('draw');
  expect(set({ drawings: 1 })).toBe('walk');
  expect(set({ walks: true })).toBe('learn');
  expect(tour.number.value).toBe(tour.count);
  expect(set({ learns: true })).toBeUndefined();
  expect(tour.isTaken.value).toBe(true);
});

it('counts what is done since the page came, and leaves out what is so already', () => {
  const { tour, set } = open();
  set({ looks: 100, drawings: 3, place: 'map', stage: 'near' });
  tour.start();
  expect(set({ phase: 'ended' })).toBe('move');
  expect(set({ looks: 112 })).toBe('draw');
  expect(set({ drawings: 4 })).toBe('walk');
});

it('is skipped from any page, and ends with a run that fails', () => {
  const { tour, set } = open();
  tour.start();
  tour.skip();
  expect(tour.page.value).toBeUndefined();
  tour.start();
  expect(set({ phase: 'failed' })).toBeUndefined();
});

it('remembers that it was taken, and does without a memory', () => {
  const values = new Map<string, string>();
  const { tour } = open(memoryOf(values));
  tour.start();
  tour.skip();
  expect(open(memoryOf(values)).tour.isTaken.value).toBe(true);
  const forbidden = () => {
    throw new DOMException('denied', 'SecurityError');
  };
  const without = open({ getItem: forbidden, setItem: forbidden });
  expect(without.tour.isTaken.value).toBe(false);
  without.tour.start();
  without.tour.skip();
  expect(without.tour.isTaken.value).toBe(true);
});

it('speaks of parts that the page has', () => {
  const source = join(import.meta.dirname, '..');
  const markup = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tsx'))
    .map((name) => readFileSync(join(source, name), 'utf8'))
    .join('\n');
  for (const target of TOUR_TARGETS) expect(markup).toContain(`tourTarget('${target}')`);
  expect(new Set(TOUR_PAGES.map(({ target }) => target))).toEqual(new Set(TOUR_TARGETS));
});

it('has pages of few words', () => {
  for (const { id, text } of TOUR_PAGES) expect(text.split(/\s+/).length, id).toBeLessThanOrEqual(35);
});
