import { useEffect, useState } from 'preact/hooks';
import '../../styles/evaluate.css';
import { type Evaluation, openEvaluation } from '../../evaluate/open-evaluation.ts';
import type { Page } from '../../page.ts';
import { FaultNotice } from '../../parts/fault-notice.tsx';
import { evaluateCommand } from '../../text/commands.ts';
import { sayWithoutImages } from '../../text/evaluation.ts';
import { sayNote } from '../../text/faults.ts';
import { sayCount, sentenceOf } from '../../text/phrases.ts';
import { ByErrorPanel } from './by-error.tsx';
import { ForeignFields } from './foreign-fields.tsx';
import { Carries, Measures } from './measures.tsx';
import { OddOnes } from './odd-ones.tsx';

/** How good the network that is shown is, and which images are unlike those that it knows. */
export function View({ page }: { page: Page }) {
  const [evaluation] = useState(() => openEvaluation(page));
  const hasRun = page.lab.pictures.value !== undefined && !page.lab.poster.value;
  useEffect(() => {
    page.drops.value = (picking) => page.take(picking, hasRun ? evaluation.lookAt : undefined);
    return () => {
      page.drops.value = undefined;
    };
  }, [page, evaluation, hasRun]);
  return (
    <div class="evaluate-view">
      <Head page={page} evaluation={evaluation} hasRun={hasRun} />
      {hasRun && (
        <>
          <Measures evaluation={evaluation} />
          <Carries evaluation={evaluation} />
          <ByErrorPanel evaluation={evaluation} />
          <OddOnes evaluation={evaluation} />
        </>
      )}
    </div>
  );
}

function Head({ page, evaluation, hasRun }: { page: Page; evaluation: Evaluation; hasRun: boolean }) {
  const { doing, fault, of, isBare, isOfTable, isOld } = evaluation;
  const now = doing.value;
  const run = of.value;
  const things = isOfTable.value ? 'rows' : 'images';
  return (
    <section class="panel evaluate-head" aria-label="Evaluation">
      <div class="panel-head">
        <h2>How good is it?</h2>
        {hasRun && isBare.value && <ForeignFields evaluation={evaluation} />}
        {now ? (
          <button type="button" onClick={evaluation.stop}>
            Stop evaluating
          </button>
        ) : (
          <button type="button" class="primary" disabled={!hasRun} onClick={() => void evaluation.measure()}>
            {run && evaluation.rows.value.length > 0 ? 'Evaluate again' : 'Evaluate'}
          </button>
        )}
      </div>
      {hasRun ? (
        <p class="dim">
          {run
            ? `${run.name}, epoch ${run.epoch}, on ${sayCount(run.count)} ${run.of}${run.learnedFrom ? ', which it learned from, too' : ''}.`
            : isBare.value
              ? sayWithoutImages(isOfTable.value)
              : `By ${things} that it did not learn from; it takes seconds, and the page goes on meanwhile.`}
          {isOld.value && ' The network has learned on since: evaluate it again.'}
        </p>
      ) : (
        <p class="dim">
          There is no network yet:{' '}
          <button type="button" disabled={page.obstacle !== undefined} onClick={page.play}>
            Train a network
          </button>{' '}
          or open a run, by dropping its folder here.
        </p>
      )}
      {run?.notes.map((note) => (
        <p key={note} class="dim">
          {sentenceOf(sayNote(note, 'Some of it is left out.'))}
        </p>
      ))}
      {run?.isWhole && (
        <p class="dim command">
          In a terminal, of the run that is downloaded: <code>{evaluateCommand(run.name)}</code>
        </p>
      )}
      {now && (
        <progress
          class="run-meter"
          value={now.share}
          max={1}
          aria-label={now.what === 'measure' ? 'Evaluating' : 'Looking for the odd ones'}
        />
      )}
      {fault.value && <FaultNotice fault={fault.value} />}
    </section>
  );
}
