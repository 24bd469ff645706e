import type { Evaluation } from '../../evaluate/open-evaluation.ts';
import type { ImagesByError } from '../../lab/evaluate-messages.ts';
import { ImagePair } from '../../parts/image-pair.tsx';
import { RowTable } from '../../parts/row-table.tsx';
import { sayMeasure } from '../../text/evaluation.ts';

/** Images over what the network makes of them: those that it knows least, and those that it knows best. */
export function ByErrorPanel({ evaluation }: { evaluation: Evaluation }) {
  const found = evaluation.byError.value;
  return (
    <section class="panel wide" aria-label="Reconstructions by their error">
      <h2>Reconstructions by their error</h2>
      {found ? (
        <>
          <Ends evaluation={evaluation} title="The largest errors" of={found.worst} />
          {found.best && <Ends evaluation={evaluation} title="The smallest errors" of={found.best} />}
        </>
      ) : (
        <p class="dim">
          {evaluation.isOfTable.value
            ? 'Rows, and in which columns the network gives them back otherwise, those with the largest error first.'
            : 'Images over what the network makes of them, those with the largest error first.'}
        </p>
      )}
    </section>
  );
}

function Ends({ evaluation, title, of }: { evaluation: Evaluation; title: string; of: ImagesByError }) {
  const shape = evaluation.shape.value;
  if (!shape) return null;
  if (of.table) {
    return (
      <>
        <h3>{title}</h3>
        <RowTable
          label={title}
          pages={[{ ...of.table, indices: of.indices }]}
          head={(_, at) => (
            <>
              {sayMeasure(of.errors[at]!)} <small class="dim">row {of.indices[at]}</small>
            </>
          )}
        />
      </>
    );
  }
  return (
    <>
      <h3>{title}</h3>
      <ol class="ranked">
        {of.indices.map((index, at) => (
          <li key={index}>
            <ImagePair
              label={`Image ${index}${ofClass(of, at)}, over its reconstruction`}
              shape={shape}
              at={at}
              images={of}
            />
            <small class="dim apart">
              <span>{sayMeasure(of.errors[at]!)}</span> <span>{of.classes?.[at]}</span>
            </small>
          </li>
        ))}
      </ol>
    </>
  );
}

const ofClass = ({ classes }: ImagesByError, at: number) => (classes ? `, class ${classes[at]}` : '');
