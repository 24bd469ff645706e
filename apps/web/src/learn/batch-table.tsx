import type { ImageShape } from '@latentkit/core';
import type { Explained } from '../lab/messages.ts';
import { ImageRow } from '../parts/image-row.tsx';
import { sayNumber } from '../text/phrases.ts';
import { isReached, STAGES, type StageId, type Step } from './stages.ts';

interface BatchTableProps {
  readonly step: Step;
  readonly way: Explained;
  readonly shape: ImageShape;
  /** The dimensions that the map shows: their numbers are written. */
  readonly axes: readonly number[];
}

/** A batch as rows, and what each stage makes of it as columns: those that one has come to. */
export function BatchTable({ step, way, shape, axes }: BatchTableProps) {
  const count = way.loss.length;
  const isNow = (id: StageId) => STAGES[step.stage]!.id === id;
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return (
    <table class="batch">
      <thead>
        <tr>
          <th scope="col">
            <span class="unseen">Number</span>
          </th>
          {STAGES.map(({ id, title }) => (
            <th
              key={id}
              scope="col"
              class={isReached(step, id) ? '' : 'ahead'}
              aria-current={isNow(id) ? 'step' : undefined}
            >
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: count }, (_, row) => (
          <tr key={row}>
            <th scope="row">#{row + 1}</th>
            {STAGES.map(({ id }) => (
              <td key={id} class={isNow(id) ? 'now' : ''}>
                {isReached(step, id) && <Cell id={id} row={row} way={way} shape={shape} axes={axes} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      {isReached(step, 'loss') && (
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>
              Mean of the batch
            </th>
            <td colSpan={3}>
              <strong>{sayNumber(mean(way.loss))}</strong>
              <span class="dim">
                = {sayNumber(mean(way.reconstruction))} + KL {sayNumber(mean(way.kl))}
              </span>
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}

interface CellProps extends Omit<BatchTableProps, 'step'> {
  readonly id: StageId;
  readonly row: number;
}

/** What a stage makes of one image. */
function Cell({ id, row, way, shape, axes }: CellProps) {
  const latentDim = way.mean.length / way.loss.length;
  const pixels = shape.height * shape.width * shape.channels;
  const of = (values: Float32Array, d: number) => values[row * latentDim + d]!;
  const image = (bytes: Uint8Array, label: string) => (
    <ImageRow
      label={`${label} ${row + 1}`}
      bytes={bytes.subarray(row * pixels, (row + 1) * pixels)}
      shape={shape}
      columns={1}
    />
  );
  switch (id) {
    case 'image':
      return image(way.images, 'Image');
    case 'posterior':
      return axes.map((d) => (
        <span key={d}>
          {sayNumber(of(way.mean, d))} ± {sayNumber(Math.exp(0.5 * of(way.logVar, d)))}
        </span>
      ));
    case 'code':
      return axes.map((d) => <span key={d}>{sayNumber(of(way.code, d))}</span>);
    case 'decoded':
      return image(way.decoded, 'Decoded from code');
    case 'loss':
      return (
        <>
          <span>{sayNumber(way.loss[row]!)}</span>
          <span class="dim">KL {sayNumber(way.kl[row]!)}</span>
        </>
      );
  }
}
