import type { TrainingEvent } from '@latentkit/trainers';
import { expect, it } from 'vitest';
import { saveAtTimes } from './save-at-times.ts';

function timed() {
  const written: string[] = [];
  let seconds = 0;
  const label = (event: TrainingEvent) => (event as unknown as { label?: string }).label ?? event.type;
  const saving = saveAtTimes(async (event) => void written.push(label(event)), {
    seconds: 10,
    now: () => 1000 * seconds,
  });
  const tell = (at: number, type: TrainingEvent['type'], name: string = type) => {
    seconds = at;
    return saving.save({ type, label: name } as unknown as TrainingEvent);
  };
  return { written, tell, flush: saving.flush };
}

it('writes the first checkpoint at once, and from then on the newest at most each ten seconds', async () => {
  const { written, tell } = timed();
  await tell(0, 'start');
  await tell(1, 'checkpoint', 'one');
  for (const at of [2, 5, 9]) await tell(at, 'checkpoint', `at ${at}`);
  await tell(10.9, 'step');
  expect(written).toEqual(['start', 'one']);
  await tell(11, 'step');
  expect(written).toEqual(['start', 'one', 'at 9']);
  await tell(30, 'step');
  expect(written).toHaveLength(3);
});

it('writes the last checkpoint before the end, however short the time', async () => {
  const { written, tell } = timed();
  await tell(0, 'start');
  await tell(1, 'checkpoint', 'one');
  await tell(2, 'checkpoint', 'two');
  await tell(2, 'end');
  expect(written).toEqual(['start', 'one', 'two', 'end']);
});

it('writes what is left when the page goes, once', async () => {
  const { written, tell, flush } = timed();
  await tell(0, 'checkpoint', 'one');
  await tell(1, 'checkpoint', 'two');
  await flush();
  await flush();
  expect(written).toEqual(['one', 'two']);
});

it('tells whoever waits that a write was refused, and writes the next', async () => {
  let refuses = true;
  const written: string[] = [];
  const { save } = saveAtTimes(
    async ({ type }) => {
      if (refuses) throw new Error('the disk is full');
      written.push(type);
    },
    { seconds: 0 },
  );
  const event = { type: 'checkpoint' } as TrainingEvent;
  await expect(save(event)).rejects.toThrow('the disk is full');
  refuses = false;
  await save(event);
  expect(written).toEqual(['checkpoint']);
});
