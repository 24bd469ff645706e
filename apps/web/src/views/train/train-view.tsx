import type { ShownData } from '../../lab/messages.ts';
import type { Cells } from '../../lab/run-messages.ts';
import { CardLink } from '../../learn/card-link.tsx';
import type { Page } from '../../page.ts';
import { CellTable } from '../../parts/cell-table.tsx';
import { ImageRow } from '../../parts/image-row.tsx';
import { Part } from '../../parts/part.tsx';
import { Inspector } from '../map/inspector.tsx';
import { Controls } from './controls.tsx';
import { KlBars } from './kl-bars.tsx';
import { LossCurve } from './loss-curve.tsx';
import { MapPanel } from './map-panel.tsx';
import { Notices } from './notices.tsx';

/** Setting a run up, and watching it learn. */
export function TrainView({ page }: { page: Page }) {
  return (
    <div class={page.lab.poster.value ? 'train-view poster' : 'train-view'}>
      <Controls page={page} />
      <div class="stage">
        <Notices page={page} />
        <MapPanel page={page} />
        <Part page={page} name="loss">
          <LossCurve page={page} />
        </Part>
      </div>
      <Pictures page={page} />
    </div>
  );
}

function Pictures({ page }: { page: Page }) {
  const { data, pictures } = page.lab;
  const shown = data.value;
  const now = pictures.value;
  return (
    <aside class="pictures" aria-label="What the network makes">
      <Part page={page} name="inspector">
        <Inspector page={page} />
      </Part>
      <Part page={page} name="reconstructions">
        <section class="panel" data-panel="reconstructions">
          <div class="panel-head">
            <h2>Reconstructions</h2>
            <CardLink page={page} card="blur" about="why pictures are blurred" />
          </div>
          {shown?.table ? (
            <RowsBeside
              label={`Rows ${shown.learnedFrom ? 'that it learned from, too' : 'it never learned from'}; and each through the code and back`}
              table={shown.table}
              rebuilt={now?.cells?.reconstructions}
            />
          ) : shown ? (
            <>
              <ImageRow
                label={
                  shown.learnedFrom ? 'Images that it learned from, too' : 'Images it never learned from'
                }
                bytes={shown.originals}
                shape={shown.shape}
                columns={8}
              />
              <ImageRow
                label="The same, through the code and back"
                bytes={now?.reconstructions}
                shape={shown.shape}
                columns={8}
              />
            </>
          ) : (
            <p class="dim">Eight images, and what the network makes of them.</p>
          )}
        </section>
      </Part>
      <Part page={page} name="samples">
        <section class="panel" data-panel="samples">
          <div class="panel-head">
            <h2>Samples</h2>
            <CardLink page={page} card="samples" about="a copy is not a sample" />
          </div>
          {shown?.table && now?.cells?.samples ? (
            <CellTable
              label="The same random codes, decoded: the likeliest row of each"
              columns={shown.table.columns}
              rows={now.cells.samples.slice(0, SAMPLED_ROWS)}
            />
          ) : shown && now?.samples ? (
            <ImageRow
              label={
                shown.toldClasses
                  ? 'The same 16 random codes, decoded as one class after the other'
                  : 'The same 16 random codes, decoded'
              }
              bytes={now.samples}
              shape={shown.shape}
              columns={8}
            />
          ) : (
            <p class="dim">Images of no one: random codes, decoded.</p>
          )}
        </section>
      </Part>
      <Part page={page} name="kl">
        <KlBars page={page} />
      </Part>
    </aside>
  );
}

/** Rows of a table that are shown, of each kind. */
const [REBUILT_ROWS, SAMPLED_ROWS] = [4, 8];

interface RowsBesideProps {
  readonly label: string;
  readonly table: NonNullable<ShownData['table']>;
  /** Undefined before there are any. */
  readonly rebuilt: Cells | undefined;
}

/** Rows of a table, and below each what a network makes of it. */
function RowsBeside({ label, table: { columns, originals }, rebuilt }: RowsBesideProps) {
  const pairs = originals
    .slice(0, REBUILT_ROWS)
    .flatMap((cells, i) => [
      { head: 'row', cells },
      ...(rebuilt?.[i] ? [{ head: 'back', cells: rebuilt[i] }] : []),
    ]);
  const [heads, rows] = [pairs.map(({ head }) => head), pairs.map(({ cells }) => cells)];
  return <CellTable {...{ label, columns, heads, rows }} />;
}
