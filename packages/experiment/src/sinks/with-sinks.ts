import { LatentkitError } from '@latentkit/core';
import { checkOptions, checkValue, functionRule, listRule } from '@latentkit/core/options';

/** Hears the events of a run: a tracker's writer, a picture for whoever watches. */
export type EventSink<Event> = (event: Event) => void | Promise<void>;

/**
 * A run's events, each told to every sink before it is passed on. A sink that fails is told of once and hears no more: what
 * only looks on never stops a run.
 *
 * @param onFailure hears the sink's error; the run goes on.
 * @example
 * const sink = await createTensorboardSink('logs', { config, dataset });
 * for await (const event of withSinks(runExperiment(run), [sink])) show(event);
 */
export async function* withSinks<Event>(
  events: AsyncIterable<Event>,
  sinks: readonly EventSink<Event>[],
  options: { onFailure?: (error: LatentkitError) => void } = {},
): AsyncGenerator<Event, void, undefined> {
  if (typeof Object(events)[Symbol.asyncIterator] !== 'function') {
    throw new LatentkitError('E_USAGE', 'withSinks: events must be what runExperiment gives');
  }
  checkValue('withSinks', 'sinks', sinks, listRule);
  for (const sink of Array.from(sinks)) checkValue('withSinks', 'sink', sink, functionRule);
  checkOptions('withSinks', options, { onFailure: functionRule });
  let listening = Array.from(sinks);
  for await (const event of events) {
    for (const sink of listening) {
      try {
        const told = sink(event);
        if (told !== undefined) await told; // most events are of no interest to it: no turn is given away
      } catch (cause) {
        listening = listening.filter((other) => other !== sink);
        options.onFailure?.(asError(cause));
      }
    }
    yield event;
  }
}

function asError(cause: unknown): LatentkitError {
  if (cause instanceof LatentkitError) return cause;
  return new LatentkitError('E_USAGE', cause instanceof Error ? cause.message : String(cause), { cause });
}
