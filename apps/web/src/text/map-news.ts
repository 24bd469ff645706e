import type { MapNews } from '../scatter/events.ts';
import type { Stage } from '../scatter/zoom-look.ts';

const place = (value: number) => value.toFixed(2).replace('-', 'minus ');

/** What the signs on a map with a prior mean, at a stage of zoom. */
export const hintOf = (stage: Stage | undefined, isLine: boolean): string =>
  isLine
    ? 'A lane for each class. Lines: deviations of the prior. Below: what each number decodes to.'
    : stage === 'near'
      ? 'Pictures are decoded where they lie. Faint ones are extrapolation: hardly a code ever was there.'
      : 'Rings: one and two deviations of the prior, which random codes are drawn from.';

/** What fingers do: the page scrolls past a map that nobody holds. */
export const TOUCH_HINT = 'Tap the map to hold it: one finger looks, two move it. Tap beside it to let go.';

interface MapWords {
  readonly classNames?: readonly string[] | undefined;
  /** What a dot is: an image, where nothing is said. */
  readonly thing?: 'Image' | 'Row';
  /** What a row is; by its number and class, where nothing is said. */
  say?(row: number): string;
}

/** What a map says of itself, as a sentence. */
export function sayMapNews(news: MapNews, { classNames, thing = 'Image', say }: MapWords = {}): string {
  const nameOf = (category: number) => classNames?.[category] ?? String(category);
  switch (news.about) {
    case 'place': {
      const here = `At ${place(news.x)}, ${place(news.y)}.`;
      if (news.row === undefined) return here;
      const of = news.category === undefined ? '' : `, class ${nameOf(news.category)}`;
      return `${here} ${say?.(news.row) ?? `${thing} ${news.row + 1}${of}`}.`;
    }
    case 'zoom':
      return `${news.times.toFixed(1)} times${news.stage === 'near' ? ', decoded pictures' : ''}.`;
    case 'class':
      return news.category === undefined
        ? 'All classes.'
        : `Class ${nameOf(news.category)} alone, ${news.count} codes.`;
    case 'round':
      return `${news.count} codes in the round${news.isDone ? ', taken' : ''}.`;
  }
}
