import { parseConfig } from '@latentkit/experiment/config';
import { expect, it } from 'vitest';
import { configOf } from '../state/setting.ts';
import { CARDS } from './cards.ts';
import { createLearn } from './learn.ts';
import { drawAgain, FIRST_STEP, rowsOf, STAGES, stepBy } from './stages.ts';

it('has twelve cards of at most sixty words, each with a source and something to see', () => {
  expect(CARDS).toHaveLength(12);
  expect(new Set(CARDS.map(({ id }) => id)).size).toBe(12);
  for (const { id, text, source, showMe } of CARDS) {
    expect(text.split(/\s+/).length, id).toBeLessThanOrEqual(60);
    expect(source.href, id).toMatch(/^https:\/\//);
    expect(source.words, id).toMatch(/\((?:19|20)\d\d\)$/);
    expect(showMe.setting ?? showMe.place ?? showMe.follows, id).toBeDefined();
  }
});

it('sets the lab up for what can be trained, each time for something else', () => {
  const configs = CARDS.flatMap(({ showMe }) => (showMe.setting ? [configOf(showMe.setting)] : []));
  for (const config of configs) expect(() => parseConfig(config)).not.toThrow();
  expect(new Set(configs.map((config) => JSON.stringify(config))).size).toBe(configs.length);
});

it('opens where it was, or at a card; one card is unfolded at a time', () => {
  const learn = createLearn();
  learn.open('beta');
  learn.turn('kl', true);
  learn.turn('beta', false); // what folds because another unfolds
  learn.close();
  learn.open();
  expect([learn.isOpen.value, learn.card.value]).toEqual([true, 'kl']);
  learn.turn('kl', false);
  expect(learn.card.value).toBeUndefined();
});

it('follows a batch from the beginning each time that it is asked, until it is told otherwise', () => {
  const learn = createLearn();
  learn.follow(true);
  const first = learn.follows.value;
  learn.follow(true);
  expect([first, learn.follows.value]).toEqual([1, 2]);
  learn.follow(false);
  expect(learn.follows.value).toBe(0);
});

it('follows a batch stage by stage, then the next one, and goes back no further than its beginning', () => {
  let step = FIRST_STEP;
  for (let i = 0; i < STAGES.length; i++) step = stepBy(step, 1);
  expect(step).toEqual({ batch: 1, draw: 1, stage: 0 });
  expect(rowsOf(step)).toEqual([8, 9, 10, 11, 12, 13, 14, 15]);
  expect(stepBy(step, -1)).toEqual(step);
  expect(STAGES[drawAgain(step).stage]?.id).toBe('code');
  expect(drawAgain(step)).toMatchObject({ batch: 1, draw: 2 });
});
