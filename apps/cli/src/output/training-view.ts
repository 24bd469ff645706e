import type { Dataset, ImageShape } from '@latentkit/core';
import { type ExperimentConfig, judgesOf } from '@latentkit/experiment';
import type { ExperimentEvent, ImageFiles } from '@latentkit/experiment/node';
import { hasUnicode, type LiveLine, paint, printable, talk } from '@latentkit/terminal';
import {
  type AlarmEvent,
  type EndEvent,
  type EpochEvent,
  type RewindEvent,
  rowOf,
  type StepEvent,
} from '@latentkit/trainers';
import { barLine } from './bar-line.ts';
import { epochLine } from './epoch-line.ts';
import { createEpochTable } from './epoch-table.ts';
import { createPaceMeter } from './pace.ts';
import { announceRun, tellKept, tellWritten } from './run-talk.ts';

export interface TrainingViewOptions {
  config: ExperimentConfig;
  shape: ImageShape;
  /** Of a table. */
  columns?: Dataset['columns'];
  line: LiveLine;
  /** Where event files are written, if anywhere. */
  tensorboard?: string | undefined;
  /** Whether other runs follow: then this one's end is told in a line. */
  isOneOfMany?: boolean;
  /** Images of one's own, if it has such. */
  files?: ImageFiles;
  now?: () => number;
}

/** What a person should know beyond the numbers of an epoch. */
function warningOf(event: AlarmEvent | RewindEvent): string {
  if (event.type === 'alarm') {
    return `${paint('yellow', 'Alarm:')} ${printable(event.message)}. ${printable(event.fix)}.`;
  }
  const { epoch, factor, left, reason } = event;
  const from = epoch === 0 ? 'the beginning' : `epoch ${epoch}`;
  const again =
    left === 0 ? 'It will not go back again' : `It may go back ${left} time${left === 1 ? '' : 's'} more`;
  return `${paint('yellow', 'Rewound:')} ${printable(reason)}. The run goes on from ${from}, at ${factor} times the learning rate. ${again}.`;
}

/** Shows a run to a person: on a terminal a live bar and a table, in a pipe a line an epoch on stdout. */
export function createTrainingView({
  config,
  shape,
  columns,
  line,
  tensorboard,
  files,
  isOneOfMany = false,
  now = () => performance.now(),
}: TrainingViewOptions) {
  const { epochs } = config.training;
  const started = now();
  const unicode = hasUnicode();
  let pace = createPaceMeter(epochs, now);
  let judges: ReturnType<typeof judgesOf> = 'validation';
  let table: ReturnType<typeof createEpochTable> | undefined;
  let terms: readonly string[] = [];
  let losses: readonly number[] = [];

  function showStep(event: StepEvent): void {
    const { epoch, batch, batches, loss } = event;
    const measured = pace.step(event);
    line.update(() =>
      barLine(
        {
          ...{ epoch, epochs, progress: batch / batches, loss, losses, ...measured },
          terms: terms.map((name) => [name, Number(event[name])]),
        },
        { width: line.width, unicode },
      ),
    );
  }

  function showEpoch(event: EpochEvent): void {
    pace.endEpoch();
    if (!line.enabled) {
      const { isTTY, columns } = process.stdout;
      process.stdout.write(`${epochLine(rowOf(event), epochs, isTTY ? columns : undefined, terms)}\n`);
      return;
    }
    line.clear();
    if (!table) {
      table = createEpochTable({ epochs, terms, width: line.width, first: rowOf(event) });
      talk(paint('dim', table.header));
    }
    talk(table.row(rowOf(event)));
  }

  function showEnd(event: EndEvent): void {
    line.clear();
    if (event.reason === 'aborted') return;
    tellKept(event, judges);
    line.draw(paint('dim', 'Drawing figures'));
  }

  return (event: ExperimentEvent): void => {
    if (event.type === 'start') {
      pace = createPaceMeter(epochs, now);
      terms = event.terms.map(({ name }) => name);
      announceRun({ shape, ...(columns && { columns }) }, event, isOneOfMany);
      judges = judgesOf(event);
      for (const note of event.notes) talk(`${paint('yellow', 'Note:')} ${printable(note)}`);
    } else if (event.type === 'step') showStep(event);
    else if (event.type === 'epoch') showEpoch(event);
    else if (event.type === 'alarm' || event.type === 'rewind') {
      line.clear();
      talk(warningOf(event));
    } else if (event.type === 'checkpoint') {
      // Those before a run was gone on with are among them.
      losses = event.checkpoint.progress.history.map((row) => row.loss);
    } else if (event.type === 'end') showEnd(event);
    else if (event.type === 'written') {
      line.clear();
      tellWritten(event, {
        seconds: (now() - started) / 1000,
        isTold: line.enabled && !isOneOfMany,
        tensorboard,
        files,
      });
    }
  };
}
