import { readFileSync } from 'node:fs';

/** What Keras itself does on every sequence of three of NaN, infinities, 5 and 4, with `min_delta` 0.5 and `factor` 0.5. */
export function readKerasRuns() {
  const fixture = new URL('../../fixtures/callbacks.json', import.meta.url);
  const { rows } = JSON.parse(readFileSync(fixture, 'utf8')) as { rows: KerasRow[] };
  return rows.map(([losses, patience, waits, stopped, rates]) => ({
    losses: losses.split(' ').map(Number),
    patience,
    waits,
    stopped,
    rates,
  }));
}

type KerasRow = [losses: string, patience: number, waits: number[], stopped: boolean, rates: number[]];

/**
 * What Keras 3's `EarlyStopping(monitor="val_loss", mode="min")` does at the end of an epoch, line by line
 * (keras/src/callbacks/early_stopping.py, `on_epoch_end`; no baseline).
 */
export class KerasEarlyStopping {
  wait = 0;
  best: number | null = null;
  stopTraining = false;
  readonly patience: number;
  readonly minDelta: number;

  constructor({ patience, minDelta = 0 }: { patience: number; minDelta?: number }) {
    this.patience = patience;
    this.minDelta = -minDelta; // "if self.monitor_op == ops.less: self.min_delta *= -1"
  }

  onEpochEnd(epoch: number, current: number): void {
    this.wait += 1;
    if (this.best === null || current - this.minDelta < this.best) {
      this.best = current;
      this.wait = 0;
      return;
    }
    if (this.wait >= this.patience && epoch > 0) this.stopTraining = true;
  }
}

/** Keras 3's `ReduceLROnPlateau` (keras/src/callbacks/reduce_lr_on_plateau.py, `on_epoch_end`; cooldown 0). */
export class KerasReduceLrOnPlateau {
  wait = 0;
  best: number | null = null;
  learningRate: number;
  readonly factor: number;
  readonly patience: number;
  readonly minDelta: number;
  readonly minLr: number;

  constructor(
    learningRate: number,
    {
      factor,
      patience,
      minDelta = 1e-4,
      minLearningRate = 0,
    }: { factor: number; patience: number; minDelta?: number; minLearningRate?: number },
  ) {
    this.learningRate = learningRate;
    this.factor = factor;
    this.patience = patience;
    this.minDelta = minDelta;
    this.minLr = minLearningRate;
  }

  onEpochEnd(_epoch: number, current: number): void {
    if (this.best === null || current < this.best - this.minDelta) {
      this.best = current;
      this.wait = 0;
    } else {
      this.wait += 1;
      if (this.wait >= this.patience) {
        const oldLr = this.learningRate;
        if (oldLr > this.minLr) {
          this.learningRate = Math.max(oldLr * this.factor, this.minLr);
          this.wait = 0;
        }
      }
    }
  }
}
