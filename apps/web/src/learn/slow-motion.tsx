import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { latestOnly } from '../lab/latest.ts';
import type { Explained, LookCalls } from '../lab/messages.ts';
import type { Page } from '../page.ts';
import { sayError } from '../text/faults.ts';
import { BatchTable } from './batch-table.tsx';
import { drawAgain, FIRST_STEP, isReached, rowsOf, STAGE_MS, STAGES, stepBy } from './stages.ts';

/** A batch through encoder, mean and sigma, codes, decoder and loss, with the real numbers of the network as it is now. */
export function SlowMotion({ page }: { page: Page }) {
  const step = useSignal(FIRST_STEP);
  const plays = useSignal(!matchMedia('(prefers-reduced-motion: reduce)').matches);
  const way = useSignal<Explained | undefined>(undefined);
  const fault = useSignal('');
  const { followed } = page.map;
  // The cards may be far down: who asks for it sees it, and the arrow keys are its.
  const section = useRef<HTMLElement>(null);
  useEffect(() => section.current?.focus(), []);
  const { batch, draw, stage } = step.value;

  const [ask] = useState(() =>
    latestOnly(
      (asked: Parameters<LookCalls['explain']>[0]) => page.lab.look('explain', asked),
      (found) => {
        way.value = found;
        fault.value = '';
      },
      {
        fail(error) {
          way.value = undefined;
          fault.value = sayError(error).words;
        },
      },
    ),
  );
  useSignalEffect(() => {
    page.lab.pictures.value; // other weights, other numbers
    ask({ rows: rowsOf(step.value), draw: step.value.draw });
  });
  // On the map, what the encoder answers, and then what is drawn of it.
  useSignalEffect(() => {
    const { mean, logVar, code } = way.value ?? {};
    followed.value =
      mean && logVar && isReached(step.value, 'posterior')
        ? { mean, logVar, ...(isReached(step.value, 'code') && { code }) }
        : undefined;
  });
  useEffect(() => {
    const timer = setInterval(() => {
      if (plays.peek() && way.peek()) step.value = stepBy(step.peek(), 1);
    }, STAGE_MS);
    return () => {
      clearInterval(timer);
      followed.value = undefined;
    };
  }, [plays, step, way, followed]);
  const move = (by: 1 | -1) => {
    plays.value = false;
    step.value = stepBy(step.peek(), by);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
    move(event.key === 'ArrowRight' ? 1 : -1);
    event.preventDefault();
  };
  const shape = page.lab.data.value?.shape;
  return (
    <section
      class="slow-motion"
      aria-label="A batch, slowly"
      tabIndex={-1}
      ref={section}
      onKeyDown={onKeyDown}
    >
      <h3>A batch, slowly</h3>
      {!way.value || !shape ? (
        <p class="dim">{fault.value || 'Train a network first: then images can be followed through it.'}</p>
      ) : (
        <>
          <div class="row">
            <button
              type="button"
              onClick={() => {
                plays.value = !plays.value;
              }}
            >
              {plays.value ? 'Hold' : 'Play'}
            </button>
            <button type="button" disabled={stage === 0} onClick={() => move(-1)}>
              Back
            </button>
            <button type="button" onClick={() => move(1)}>
              {stage === STAGES.length - 1 ? 'Next batch' : 'Step'}
            </button>
            <button
              type="button"
              onClick={() => {
                plays.value = false;
                step.value = drawAgain(step.peek());
              }}
            >
              Draw again
            </button>
          </div>
          {/* Spoken where a person steps; what plays would never be silent. */}
          <p class="stage-text" aria-live={plays.value ? 'off' : 'polite'}>
            <strong>{STAGES[stage]!.title}.</strong> {STAGES[stage]!.text}
          </p>
          <BatchTable
            step={step.value}
            way={way.value}
            shape={shape}
            axes={page.map.plane.value?.axes ?? []}
          />
          <p class="dim">
            Batch {batch + 1}, noise {draw + 1}. The arrow keys step.
          </p>
        </>
      )}
    </section>
  );
}
