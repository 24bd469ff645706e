import { describeSettings, type SweepPlan } from '@latentkit/experiment';
import type { JobEvent } from '@latentkit/jobs';
import { type CommandTools, formatTable, paint, printable, talk } from '@latentkit/terminal';
import { type TrialOutcome, trialsOf } from './run-trials.ts';
import { SWEEP_FILES, type SweepRecord } from './sweep-folder.ts';

/** Tells what is begun. */
export function tellPlan(
  { config, plan, dataText }: SweepRecord & { plan: SweepPlan },
  folder: string,
  workers: number,
) {
  const { strategy, strategyName } = plan;
  talk(`${paint('bold', config.recipe)} on ${dataText}`);
  talk(
    `${paint('bold', strategyName)}: ${strategy.trials} trials, ${strategy.epochs} epochs in all, ${workers} at once, into ${printable(folder)}`,
  );
}

/** Tells of outcomes as they come, and of what is under way. */
export function createSweepView(plan: SweepPlan, line: CommandTools['line'], json: boolean) {
  const underWay = new Map<string, string>();
  const outcomes: TrialOutcome[] = [];
  const width = String(plan.strategy.trials - 1).length;
  const draw = () =>
    line.update(() => {
      const share = Math.floor((100 * epochsIn(outcomes)) / plan.strategy.epochs);
      return `${share}% of ${plan.strategy.epochs} epochs  ${[...underWay.values()].join('  ')}`.slice(
        0,
        line.width,
      );
    });
  return {
    event({ type, id, progress }: JobEvent) {
      if (type !== 'started' && type !== 'progress') underWay.delete(id);
      else {
        const { epoch, epochs } = Object(progress) as { epoch?: number; epochs?: number };
        underWay.set(id, epoch === undefined ? 'begins' : `epoch ${epoch}/${epochs}`);
      }
      draw();
    },
    outcome(outcome: TrialOutcome) {
      outcomes.push(outcome);
      line.clear();
      const { trial, epochs, value, settings, failure } = outcome;
      if (json) {
        const plain = { trial, epochs, value: Number.isFinite(value) ? value : null, settings, failure };
        process.stdout.write(`${JSON.stringify(plain)}\n`);
        return;
      }
      const result = failure === undefined ? value.toFixed(3) : paint('yellow', 'failed');
      talk(
        `trial ${String(trial).padStart(width)}  epoch ${epochs}/${plan.epochs}  ${result}  ${paint('dim', describeSettings(settings))}`,
      );
      if (failure !== undefined) talk(paint('dim', `  ${printable(failure)}`));
      draw();
    },
  };
}

const SHOWN = 10;

/** The best trials as a table on stdout. */
export function showTrials(plan: SweepPlan, outcomes: readonly TrialOutcome[]): void {
  const trials = trialsOf(outcomes, plan);
  const lines = formatTable(
    trials.slice(0, SHOWN),
    [
      { title: 'trial', cell: ({ trial }) => String(trial) },
      { title: 'epochs', cell: ({ epochs }) => String(epochs) },
      {
        title: plan.judge === 'elbo' ? '-ELBO' : plan.judge,
        cell: ({ value }) => value?.toFixed(3) ?? 'failed',
      },
      { title: 'settings', align: 'left', cell: ({ settings }) => describeSettings(settings) },
    ],
    { width: process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY },
  );
  for (const text of lines) process.stdout.write(`${text}\n`);
  if (trials.length > SHOWN) talk(paint('dim', `and ${trials.length - SHOWN} more in ${SWEEP_FILES.csv}`));
}

/** Epochs that outcomes took, where later ones of a trial go on from earlier ones. */
export function epochsIn(outcomes: readonly TrialOutcome[]): number {
  const most = new Map<number, number>();
  for (const { trial, epochs } of outcomes) most.set(trial, Math.max(epochs, most.get(trial) ?? 0));
  return [...most.values()].reduce((sum, epochs) => sum + epochs, 0);
}
