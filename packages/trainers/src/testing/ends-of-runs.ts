import { train } from '../train.ts';
import type { TrainOptions } from '../train-options.ts';
import type { EndEvent } from '../training-event.ts';
import { collectEvents, eventsOf } from './tiny-run.ts';

/** A whole run's last word. */
export async function endOf(options: TrainOptions): Promise<EndEvent> {
  return (await collectEvents(train(options))).at(-1) as EndEvent;
}

/** The run broken off after some steps, then gone on with. */
export async function resumed(options: TrainOptions, after: number): Promise<EndEvent> {
  const stop = new AbortController();
  const events = await collectEvents(train({ ...options, signal: stop.signal }), (event) => {
    if (event.type === 'step' && event.step === after) stop.abort();
  });
  const { checkpoint } = eventsOf(events, 'checkpoint').at(-1)!;
  return endOf({ ...options, checkpoint });
}
