import type { AnomalyScore } from '@latentkit/evaluation';
import { type Evaluation, ODD_SHOWN, type Odd } from '../../evaluate/open-evaluation.ts';
import { shareInShort, thresholdAt } from '../../evaluate/threshold.ts';
import type { ExplainedOdd } from '../../lab/evaluate-messages.ts';
import { ImagePair } from '../../parts/image-pair.tsx';
import { RowTable } from '../../parts/row-table.tsx';
import { anomaliesCommand } from '../../text/commands.ts';
import { sayMeasure } from '../../text/evaluation.ts';
import { sayNote } from '../../text/faults.ts';
import { sayCount } from '../../text/phrases.ts';
import { ForeignFields } from './foreign-fields.tsx';
import { ThresholdSlider } from './threshold-slider.tsx';

/** Which images are unlike ordinary ones, the oddest first, and where. */
export function OddOnes({ evaluation }: { evaluation: Evaluation }) {
  const odd = evaluation.odd.value;
  return (
    <section class="panel wide odd" aria-label="The odd ones">
      <div class="panel-head">
        <h2>The odd ones</h2>
        <Choice evaluation={evaluation} />
      </div>
      {odd ? (
        <Found evaluation={evaluation} odd={odd} />
      ) : (
        <p class="dim">
          {evaluation.isOfTable.value
            ? 'Rows that the network did not expect, and in which columns'
            : 'Images that the network did not expect, and where'}
          : in its own, or in those that you drop here. They stay on this computer.
        </p>
      )}
    </section>
  );
}

/** What is ranked, and by which score. */
function Choice({ evaluation }: { evaluation: Evaluation }) {
  const { doing, isBare, of, score } = evaluation;
  const offered = of.value?.scores ?? [];
  const lacking = offered.filter(({ why }) => why !== undefined);
  return (
    <>
      {!isBare.value && <ForeignFields evaluation={evaluation} />}
      {offered.length > 0 && (
        <select
          aria-label="Scored by"
          value={score.value ?? offered.find(({ why }) => !why)?.name}
          onChange={({ currentTarget }) => {
            score.value = currentTarget.value as AnomalyScore;
          }}
        >
          {offered.map(({ name, title, why }) => (
            <option key={name} value={name} disabled={why !== undefined}>
              {title}
            </option>
          ))}
        </select>
      )}
      <button
        type="button"
        class="primary"
        disabled={doing.value !== undefined}
        onClick={() => void evaluation.find()}
      >
        Find the odd ones
      </button>
      {lacking.length > 0 && (
        <details class="lacking">
          <summary>
            {sayCount(lacking.length)} {lacking.length === 1 ? 'score' : 'scores'} that it has not
          </summary>
          <ul>
            {lacking.map(({ name, title, why }) => (
              <li key={name}>
                <b>{title}</b>: {why}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Found({ evaluation, odd }: { evaluation: Evaluation; odd: Odd }) {
  const { alarms, of, foreign, isOfTable } = evaluation;
  const threshold = thresholdAt(odd.cleanScores, odd.scores, alarms.value);
  const shown = odd.shown.reduce((sum, { indices }) => sum + indices.length, 0);
  const run = of.value!;
  const examples = odd.cleanScores.length;
  const command = anomaliesCommand(run.name, foreign.value?.name ?? odd.of.split(' ').at(-1)!, {
    ...{ score: odd.score, share: shareInShort(alarms.value, examples) },
  });
  return (
    <>
      {odd.notes.map((note) => (
        <p key={note} class="dim">
          {sayNote(note, 'Something in these files was read otherwise than it lies there.')}
        </p>
      ))}
      <ThresholdSlider odd={odd} alarms={alarms} threshold={threshold} isOfTable={isOfTable.value} />
      <p class="unseen" role="status">
        Ranked {sayCount(odd.scores.length)} {odd.of} by {odd.scoreTitle}.
      </p>
      {evaluation.isOfTable.value ? (
        <OddRows odd={odd} threshold={threshold.value} />
      ) : (
        <ol class="ranked odd-list">
          {odd.shown.map((page, at) => (
            <OddPage
              key={at}
              evaluation={evaluation}
              page={page}
              first={at * ODD_SHOWN}
              scores={odd.scores}
              threshold={threshold.value}
            />
          ))}
        </ol>
      )}
      {shown < odd.scores.length && (
        <button type="button" onClick={() => void evaluation.more()}>
          Show more
        </button>
      )}
      <p class="dim">
        {evaluation.isOfTable.value
          ? 'The stronger the colour of a cell, the more it differs from what the network expected there.'
          : 'Each image stands over what the network expected in its place; the stronger a colour below, the more the two differ there.'}
      </p>
      {run.isWhole && (
        <p class="dim command">
          In a terminal, of the run that is downloaded: <code>{command}</code>
        </p>
      )}
    </>
  );
}

/** Of a table: which of a row's columns are odd. */
function OddRows({ odd, threshold }: { odd: Odd; threshold: number }) {
  const pages = odd.shown.flatMap(({ table, indices }) => (table ? [{ ...table, indices }] : []));
  const scoreOf = (page: number, at: number) => odd.scores[page * ODD_SHOWN + at]!;
  return (
    <div class="odd-list">
      <RowTable
        label={`The odd ones of ${odd.of}`}
        pages={pages}
        head={(page, at) => (
          <>
            <data value={scoreOf(page, at)}>{sayMeasure(scoreOf(page, at))}</data>
            {scoreOf(page, at) > threshold && <b> odd</b>}{' '}
            <small class="dim">row {pages[page]!.indices[at]}</small>
          </>
        )}
        isOdd={(page, at) => scoreOf(page, at) > threshold}
      />
    </div>
  );
}

interface OddPageProps {
  readonly evaluation: Evaluation;
  readonly page: ExplainedOdd;
  /** The rank of its first, from 0. */
  readonly first: number;
  readonly scores: Float64Array;
  readonly threshold: number;
}

function OddPage({ evaluation, page, first, scores, threshold }: OddPageProps) {
  const shape = evaluation.shape.value;
  if (!shape) return null;
  return (
    <>
      {page.indices.map((index, at) => {
        const score = scores[first + at]!;
        const isOdd = score > threshold;
        const name = page.classes?.[at];
        const of = name === undefined ? '' : `, class ${name}`;
        return (
          <li key={index} class={isOdd ? 'is-odd' : ''}>
            <ImagePair
              label={`Image ${index}${of}: ${sayMeasure(score)}, ${isOdd ? 'odd' : 'ordinary'}; below, what was expected`}
              shape={shape}
              at={at}
              images={page}
            />
            <small>
              <data value={score}>{sayMeasure(score)}</data>
              {isOdd && <b> odd</b>}
            </small>
            <small class="dim">
              image {index}
              {name !== undefined && ` · ${name}`}
            </small>
          </li>
        );
      })}
    </>
  );
}
