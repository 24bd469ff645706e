import type { Evaluation } from '../../evaluate/open-evaluation.ts';
import { LatentBars } from '../../parts/latent-bars.tsx';
import { sayMeasure, sayStandardError, sayWhatItMeans } from '../../text/evaluation.ts';

/** What is shown as bars, and not as a number. */
const AS_BARS = 'klPerDimension';

/** The numbers, each with what it means and how it was measured. */
export function Measures({ evaluation }: { evaluation: Evaluation }) {
  const rows = evaluation.rows.value.filter(({ name }) => name !== AS_BARS);
  return (
    <section class="panel" aria-label="Measures">
      <h2>Measures</h2>
      {rows.length === 0 && (
        <p class="dim">
          The negative ELBO in its parts, and how far reconstructions are from{' '}
          {evaluation.isOfTable.value ? 'rows' : 'images'}.
        </p>
      )}
      {rows.length > 0 && (
        <p class="unseen" role="status">
          {rows[0]!.title} {sayMeasure(rows[0]!.value)} {rows[0]!.unit}
        </p>
      )}
      <dl class="measures">
        {rows.map((row) => (
          <div key={row.name}>
            <dt>
              {row.title}
              <small class="dim" title={row.convention}>
                {sayWhatItMeans(row.name, evaluation.isOfTable.value) ?? row.convention}
              </small>
            </dt>
            <dd>
              <data value={row.value} data-measure={row.name}>
                {row.name === 'activeUnits' ? row.value : sayMeasure(row.value)}
              </data>
              <small class="dim">
                {sayStandardError(row)} {row.unit}
              </small>
            </dd>
          </div>
        ))}
      </dl>
      {evaluation.missing.value.map(({ title, why }) => (
        <p key={title} class="dim">
          {title} was not measured: {why}.
        </p>
      ))}
    </section>
  );
}

/** What each number of the code carries. */
export function Carries({ evaluation }: { evaluation: Evaluation }) {
  const rows = evaluation.rows.value;
  const parts = rows.find(({ name }) => name === AS_BARS)?.parts;
  const active = rows.find(({ name }) => name === 'activeUnits');
  return (
    <section class="panel" aria-label="KL by dimension">
      <h2>KL by dimension</h2>
      {active && (
        <p>
          {active.value} {active.unit} {active.value === 1 ? 'is' : 'are'} active.
        </p>
      )}
      {parts ? (
        <LatentBars kl={Object.values(parts)} />
      ) : (
        <p class="dim">
          In nats: what each number of the code says of {evaluation.isOfTable.value ? 'a row' : 'an image'}.
        </p>
      )}
    </section>
  );
}
