import { limitImages } from '@latentkit/datasets';
import { ANOMALY_SCORES, type AnomalyScoreKind } from '../anomalies/anomaly-scores.ts';
import { auroc as areaUnderCurve, averagePrecision as precisionOf } from '../anomalies/ranking.ts';
import { openSubject } from '../subject/open-subject.ts';
import type { Subject } from '../subject/subject.ts';
import type { MeasureOptions, Metric, MetricRow } from './metric.ts';

/** More would take longer and tell the same. */
const MOST_LEARNED = 10_000;
/** Of each kind, where a posterior is fitted to every single one. */
const MOST_FITTED = 500;
const NEIGHBORS = 12;

/** How ordinary and foreign images score. */
interface Scored {
  readonly kind: AnomalyScoreKind;
  readonly own: Float64Array;
  readonly foreign: Float64Array;
  readonly convention: string;
}

const scored = new WeakMap<Subject, Promise<readonly Scored[]>>();

/** Both metrics are of the same scores. */
function scoresOf(subject: Subject, options: MeasureOptions): Promise<readonly Scored[]> {
  const known = scored.get(subject);
  if (known) return known;
  const found = scoreBoth(subject, options);
  scored.set(subject, found);
  found.catch(() => scored.delete(subject)); // stopped: to be begun anew
  return found;
}

async function scoreBoth(
  subject: Subject,
  { samples = 1, onProgress, signal }: MeasureOptions,
): Promise<Scored[]> {
  const { set: foreign, title } = await subject.outliers!();
  const kinds = ANOMALY_SCORES.filter(
    ({ needs, learn }: AnomalyScoreKind) =>
      !needs.some((need) => subject.lacks(need)) && (!learn || !subject.lacks('training')),
  ) as AnomalyScoreKind[];
  const clean = kinds.some(({ learn }) => learn)
    ? await openBeside(subject, (await subject.training!()).set, MOST_LEARNED)
    : undefined;
  const results: Scored[] = [];
  try {
    for (const [done, kind] of kinds.entries()) {
      const most = kind.name === 'likelihoodRegret' ? MOST_FITTED : subject.set.count;
      const learned = kind.learn && (await kind.learn(clean!, { signal }));
      const score = async (set: Subject['set'], from: number) => {
        const one = await openBeside(subject, set, Math.min(most, subject.set.count));
        const report = (fraction: number) => onProgress?.((done + (from + fraction) / 2) / kinds.length);
        try {
          return await kind.score(one, {
            ...{ samples, neighbors: NEIGHBORS, signal, onProgress: report },
            ...(learned && { learned }),
          });
        } finally {
          await one.close();
        }
      };
      const [own, other] = [await score(subject.set, 0), await score(foreign, 1)];
      const held = learned ? `; held against ${clean!.set.count} images to learn from` : '';
      const convention = `by ${kind.title}; ${other.length} ${title} among ${own.length} ordinary images${held}`;
      results.push({ kind, own, foreign: other, convention });
    }
  } finally {
    await clean?.close();
  }
  return results;
}

/** The same model before the first of other images. */
function openBeside(subject: Subject, set: Subject['set'], most: number): Promise<Subject> {
  const { seed, accelerator } = subject;
  return openSubject(subject, limitImages(set, most), { seed, accelerator });
}

/** A row a score. */
function byScore(
  name: string,
  title: string,
  of: (scores: ArrayLike<number>, isAnomaly: ArrayLike<boolean>) => number,
): Metric {
  return {
    ...{ name, title, needs: ['outliers'], byDefault: false },
    source:
      'Hendrycks & Gimpel: "A baseline for detecting misclassified and out-of-distribution examples" (2017), section 2',
    async measure(subject, options) {
      return (await scoresOf(subject, options)).map(({ kind, own, foreign, convention }): MetricRow => {
        const scores = [...own, ...foreign];
        return {
          ...{
            name: `${name}${kind.name[0]!.toUpperCase()}${kind.name.slice(1)}`,
            unit: '',
            better: 'higher',
          },
          title: `${title}, ${kind.name}`,
          value: of(
            scores,
            scores.map((_, i) => i >= own.length),
          ),
          convention,
        };
      });
    },
  };
}

/** How well foreign images are told from those that the model is judged by, whatever the threshold. */
export const auroc = byScore('auroc', 'AUROC', areaUnderCurve);
export const averagePrecision = byScore('averagePrecision', 'Average precision', precisionOf);
