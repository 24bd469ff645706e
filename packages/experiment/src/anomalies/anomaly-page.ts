import type { FittedThreshold } from '@latentkit/evaluation';
import { escapeHtml as text } from '../report/escape-html.ts';
import { htmlPage, picture, section, table } from '../report/html.ts';
import { fixed, whole } from '../report/words.ts';

/** What a page of anomalies is made of. */
export interface AnomalyPageContent {
  readonly run: string;
  /** What was looked at: 'images of others.npy'. */
  readonly of: string;
  readonly clean: string;
  readonly score: string;
  readonly things: 'images' | 'rows';
  readonly fitted: FittedThreshold;
  readonly examples: number;
  readonly anomalies: number;
  readonly ranking: readonly { readonly title: string; readonly value: number }[];
  readonly worst: readonly {
    readonly index: number;
    readonly score: number;
    readonly label?: string;
    /** Of a table: what is odd about it, in words. */
    readonly why?: string;
  }[];
  readonly svg: string;
}

/** The anomalies of some examples as one HTML page that needs no other file. Every name is escaped. */
export function anomalyPage(content: AnomalyPageContent): string {
  const { run, of, clean, score, things, fitted, examples, anomalies, ranking, worst, svg } = content;
  const { threshold, falseAlarms, examples: cleanCount } = fitted;
  const share = fixed((100 * anomalies) / examples);
  const found = `${whole(anomalies)} of ${whole(examples)} ${things} (${share}%) score above ${fixed(threshold)}, the ${score} that at most ${fixed(100 * falseAlarms)}% of ordinary ${things} pass.`;
  const known = `The threshold is that of ${whole(cleanCount)} ${clean}, which the model did not learn from.`;
  const hasLabels = worst.some(({ label }) => label !== undefined);
  const hasWhy = worst.some(({ why }) => why !== undefined);
  const rows = worst.map(({ index, score: value, label = '', why = '' }, i) => [
    ...[whole(i + 1), String(index), fixed(value)],
    ...(hasLabels ? [label] : []),
    ...(hasWhy ? [why] : []),
  ]);
  const titles = [
    'rank',
    'index',
    score,
    ...(hasLabels ? ['class'] : []),
    ...(hasWhy ? ['differs most in'] : []),
  ];
  const howToRead =
    things === 'rows'
      ? 'A row a line, the oddest first; the darker a cell, the further it lies from what the model makes of its row.'
      : 'Each image stands over what the model makes of it; the darker a pixel below, the more the two differ there.';
  const measured = ranking.map(({ title, value }) => [title, value.toFixed(4)]);
  const sections = [
    section(
      'worst',
      `The oddest ${things}`,
      picture({ title: 'Anomalies', svg, howToRead }) + table(titles, rows, { prose: hasWhy ? 1 : 0 }),
    ),
    section(
      'ranking',
      'How well they are told apart',
      measured.length === 0 ? '' : table(['measure', 'value'], measured, { names: 1, kind: 'pairs' }),
    ),
  ].join('\n');
  return htmlPage(
    `Anomalies of ${of}`,
    `<header>
<p class="eyebrow">Latentkit anomalies</p>
<h1>${whole(anomalies)} <span>of ${whole(examples)} ${things}</span></h1>
<p>${text(of)}, by ${text(run)}</p>
</header>
<p>${text(found)} ${text(known)}</p>
${sections}`,
  );
}
