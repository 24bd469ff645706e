import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Explained } from '../lab/messages.ts';
import type { Page } from '../page.ts';
import { ImageRow } from '../parts/image-row.tsx';
import { sayNumber } from '../text/phrases.ts';
import { drawAgain, FIRST_STEP, STAGE_MS, STAGES, stepBy } from './stages.ts';

/** Numbers of a code that are written out. */
const WRITTEN = 4;

/** One image through encoder, mean and sigma, code, decoder and loss, with the real numbers of the network as it is now. */
export function SlowMotion({ page }: { page: Page }) {
  const step = useSignal(FIRST_STEP);
  const plays = useSignal(!matchMedia('(prefers-reduced-motion: reduce)').matches);
  const way = useSignal<Explained | undefined>(undefined);
  const fault = useSignal('');
  const { row, draw, stage } = step.value;

  useSignalEffect(() => {
    const { row, draw } = step.value;
    page.lab.pictures.value; // other weights, other numbers
    let isStale = false;
    page.lab.look('explain', { row, draw }).then(
      (found) => {
        if (isStale) return;
        way.value = found;
        fault.value = '';
      },
      (error: Error) => {
        if (isStale) return;
        way.value = undefined;
        fault.value = error.message;
      },
    );
    return () => {
      isStale = true;
    };
  });
  useEffect(() => {
    const timer = setInterval(() => {
      if (plays.peek() && way.peek()) step.value = stepBy(step.peek(), 1);
    }, STAGE_MS);
    return () => clearInterval(timer);
  }, [plays, step, way]);
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
    <section class="slow-motion" aria-label="One image, slowly" onKeyDown={onKeyDown}>
      <h3>One image, slowly</h3>
      {!way.value || !shape ? (
        <p class="dim">{fault.value || 'Train a network first: then an image can be followed through it.'}</p>
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
              {stage === STAGES.length - 1 ? 'Next image' : 'Step'}
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
          <ol class="stages">
            {STAGES.map(({ id, title, text }, i) => (
              <li key={id} aria-current={i === stage ? 'step' : undefined} class={i > stage ? 'ahead' : ''}>
                <h4>{title}</h4>
                {i === stage && <p>{text}</p>}
                {i <= stage && <Stage id={id} way={way.value!} shape={shape} />}
              </li>
            ))}
          </ol>
          <p class="dim">
            Image {row + 1}, noise {draw + 1}. The arrow keys step.
          </p>
        </>
      )}
    </section>
  );
}

interface StageProps {
  readonly id: (typeof STAGES)[number]['id'];
  readonly way: Explained;
  readonly shape: Parameters<typeof ImageRow>[0]['shape'];
}

/** What a stage makes, in its own numbers. */
function Stage({ id, way, shape }: StageProps) {
  const dimensions = [...way.mean.keys()].slice(0, WRITTEN);
  const sigma = (d: number) => Math.exp(0.5 * way.logVar[d]!);
  switch (id) {
    case 'image':
      return <ImageRow label="What goes in" bytes={way.image} shape={shape} columns={1} />;
    case 'posterior':
      return (
        <ul class="numbers">
          {dimensions.map((d) => (
            <li key={d}>
              z<sub>{d + 1}</sub> {sayNumber(way.mean[d]!)} ± {sayNumber(sigma(d))}
            </li>
          ))}
        </ul>
      );
    case 'code':
      return (
        <ul class="numbers">
          {dimensions.map((d) => (
            <li key={d}>
              {sayNumber(way.mean[d]!)} + {sayNumber(sigma(d))} × {sayNumber(way.noise[d]!)} ={' '}
              <strong>{sayNumber(way.code[d]!)}</strong>
            </li>
          ))}
        </ul>
      );
    case 'decoded':
      return <ImageRow label="What comes out" bytes={way.decoded} shape={shape} columns={1} />;
    case 'loss':
      return (
        <p>
          Reconstruction {sayNumber(way.reconstruction)} + KL {sayNumber(way.kl)} ={' '}
          <strong>{sayNumber(way.loss)}</strong>
        </p>
      );
  }
}
