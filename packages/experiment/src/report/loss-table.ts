import { wordingFor } from '@latentkit/evaluation';
import { isVariational } from '@latentkit/models';
import { type MetricsRow, validationColumn } from '@latentkit/trainers';
import { judgesOf } from './describe-data.ts';
import { describeTradeOff } from './describe-trade-off.ts';
import { escapeHtml as text } from './escape-html.ts';
import { table } from './html.ts';
import type { ReportContent } from './report-content.ts';
import { fixed } from './words.ts';

const NO_PRIOR =
  'A plain autoencoder has no prior, and pays for nothing but its reconstruction. So nothing keeps codes together: nobody knows where to draw one for a new image, and between the codes of images there may be places that decode to none.';

const CODEBOOK =
  "Codes are vectors of a codebook, and so many numbers say which: each vector at most the logarithm of the codebook's size. Which codes go together was not learned, so there is nothing to draw samples from.";

const CRITIC =
  "No KL draws codes to the prior here, but a critic does that learns to tell them from draws of it. Where it cannot, its loss is 2 log 2, 1.386, and the adversary's log 2, 0.693.";

/** What takes the place of a KL, where codes are points. */
function withoutKl({ codebook, prior }: ReportContent['config']['model']): string {
  if (codebook) return CODEBOOK;
  return prior ? CRITIC : NO_PRIOR;
}

/** The kept weights' loss, a row a term, and what its parts say of each other. */
export function lossTable(row: MetricsRow, { terms = [], ...content }: ReportContent): string {
  const { model } = content.config;
  const tradeOff = isVariational(model) ? describeTradeOff(row) : withoutKl(model);
  const words = tradeOff === undefined ? '' : `<p>${text(wordingFor(model)(tradeOff))}</p>`;
  if (terms.length === 0) return words;
  const rows = terms.map(({ name, title, unit, per, weight }) => [
    ...[
      title,
      unit,
      per,
      weight === 'reported'
        ? 'reported only'
        : typeof weight === 'number'
          ? `${weight}`
          : JSON.stringify(weight),
    ],
    ...[name, validationColumn(name)].map((column) => (row[column] === undefined ? '' : fixed(row[column]))),
  ]);
  return table(['term', 'unit', 'per', 'weight', 'training', judgesOf(content)], rows, { names: 4 }) + words;
}
