import {
  anything,
  functionRule,
  type OptionRules,
  pathRule,
  signalRule,
  textRule,
  whole,
} from '@latentkit/core/options';
import type { AnomalyDetectorOptions } from '@latentkit/evaluation';
import type { RunImagesOptions } from '../load-run-images.ts';
import type { AnomalyWork, OrdinaryOptions } from './fit-on-ordinary.ts';

/** How many of the oddest are shown. */
export const WORST = 12;
export const worstRule = whole(1, 100);

export const WORK_RULES: OptionRules<AnomalyWork & { workers?: number }> = {
  workers: anything, // createAccelerator looks at it
  onProgress: functionRule,
  onDownload: functionRule,
  onNote: functionRule,
  signal: signalRule,
};

export const DATA_RULES: OptionRules<Pick<RunImagesOptions, 'dataset' | 'dataDir' | 'data' | 'labels'>> = {
  dataset: textRule,
  dataDir: pathRule,
  data: pathRule,
  labels: pathRule,
};

export const FIT_RULES: OptionRules<
  OrdinaryOptions &
    AnomalyWork &
    Pick<AnomalyDetectorOptions, 'score' | 'samples' | 'neighbors'> & { workers?: number }
> = {
  ...DATA_RULES,
  ...WORK_RULES,
  clean: pathRule,
  score: anything, // createAnomalyDetector and fit look at these
  samples: anything,
  neighbors: anything,
  falseAlarms: anything,
};
