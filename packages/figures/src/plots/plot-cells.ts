import { LatentkitError } from '@latentkit/core';
import { checkOptions, listRule, needed, type OptionRules } from '@latentkit/core/options';
import { checkWidth } from '../svg/check-width.ts';
import { contentTop, figure } from '../svg/figure.ts';
import { LOOK_RULES } from '../svg/look-rules.ts';
import { svg } from '../svg/svg.ts';
import { theme } from '../svg/theme.ts';
import { fitText } from '../text/fit-text.ts';
import { label } from '../text/label.ts';
import { textWidth } from '../text/text-width.ts';

/** Cells of a table, darker for more. */
export interface PlottedCells {
  /** What stands beside each row. */
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** `[rows, columns]`, from 0 on; what is darkest is the largest of them. */
  readonly values: ArrayLike<number>;
  /** What stands in a cell, row by row; nothing by default. */
  readonly texts?: readonly string[];
}

export interface PlotCellsOptions {
  /** CSS pixels that the figure may take at most; 900 by default. */
  width?: number;
  title?: string;
  subtitle?: string;
}

const CELLS_RULES: OptionRules<PlottedCells> = {
  ...{ rows: needed(listRule), columns: needed(listRule), values: needed(listRule) },
  texts: listRule,
};

const ROW = 26;
const MOST_NAME = 160;
const MOST_CELL = 120;
const LEAST_CELL = 24;
const MOST_CELLS = 10_000;
const HEAD = 18; // room of the columns' names
const PAD = 6;

/**
 * A table whose cells are coloured by a number each: where the rows differ from what is expected, say.
 *
 * @returns a standalone SVG; the same numbers give the same string.
 * @throws `E_SHAPE` for no cells, or another number of values or texts than of cells; `E_RANGE` for values below 0, `E_NOT_FINITE` for
 * those that are none; `E_LIMIT` for more than 10,000 cells; `E_RANGE` when `width` is below 240.
 * @example
 * const svg = plotCells({ rows: ['row 7'], columns: ['age', 'income'], values: [0.1, 12.4], texts: ['31', '9,900,000'] });
 */
export function plotCells(cells: PlottedCells, options: PlotCellsOptions = {}): string {
  checkOptions('plotCells', cells, CELLS_RULES, 'cells');
  checkOptions('plotCells', options, LOOK_RULES);
  const { rows, columns, values, texts } = cells;
  const { width = 900, title = '', subtitle = '' } = options;
  checkWidth('plotCells', width);
  const most = checkCells(rows.length * columns.length, values, texts);
  const names = rows.map((name) => fitText(name, MOST_NAME, theme.label.size));
  const left = theme.margin + Math.max(...names.map((name) => textWidth(name, theme.label.size))) + 12;
  const room = (width - theme.margin - left) / columns.length;
  const cell = Math.max(LEAST_CELL, Math.min(MOST_CELL, room));
  const heading = { title, subtitle };
  const top = contentTop(heading) + HEAD + 6;
  const content = [
    ...columns.map((name, column) =>
      label('tick', fitText(name, cell - PAD, theme.tick.size), left + (column + 0.5) * cell, top - 8, {
        'text-anchor': 'middle',
      }),
    ),
    ...names.flatMap((name, row) => [
      label('label', name, left - 10, top + (row + 0.5) * ROW + 4, { 'text-anchor': 'end' }),
      ...columns.flatMap((_, column) => {
        const at = row * columns.length + column;
        const [x, y] = [left + column * cell, top + row * ROW];
        return [
          svg('rect', { x, y, width: cell - 2, height: ROW - 2, rx: 2, fill: theme.grid }),
          svg('rect', {
            ...{ x, y, width: cell - 2, height: ROW - 2, rx: 2, fill: theme.validation },
            'fill-opacity': most === 0 ? 0 : Number(Math.sqrt(values[at]! / most).toFixed(3)),
          }),
          ...(texts && texts[at] !== ''
            ? [
                label(
                  'tick',
                  fitText(texts[at]!, cell - PAD, theme.tick.size),
                  x + cell / 2 - 1,
                  y + ROW / 2 + 3,
                  {
                    'text-anchor': 'middle',
                    fill: theme.title.fill,
                  },
                ),
              ]
            : []),
        ];
      }),
    ]),
  ];
  const height = Math.ceil(top + rows.length * ROW + theme.margin);
  const wide = Math.ceil(left + columns.length * cell + theme.margin);
  return figure({ width: Math.max(wide, 240), height }, heading, content);
}

/** The largest value; throws unless there is one of each cell, from 0 on. */
function checkCells(cells: number, values: ArrayLike<number>, texts: readonly string[] | undefined): number {
  if (cells === 0 || values.length !== cells || (texts && texts.length !== cells)) {
    throw new LatentkitError(
      'E_SHAPE',
      `plotCells: expected a value of each cell and one cell at least, got ${values.length} values of ${cells} cells${texts ? `, and ${texts.length} texts` : ''}`,
    );
  }
  if (cells > MOST_CELLS) {
    throw new LatentkitError('E_LIMIT', `plotCells: expected at most ${MOST_CELLS} cells, got ${cells}`, {
      fix: 'Show some of the rows.',
    });
  }
  let most = 0;
  for (let i = 0; i < cells; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value))
      throw new LatentkitError('E_NOT_FINITE', `plotCells: value ${i} is ${value}`);
    if (value < 0)
      throw new LatentkitError('E_RANGE', `plotCells: value ${i} is ${value}, expected 0 or more`);
    most = Math.max(most, value);
  }
  return most;
}
