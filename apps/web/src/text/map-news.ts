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

/** What a map says of itself, as a sentence. */
export function sayMapNews(news: MapNews, classNames?: readonly string[]): string {
  const nameOf = (category: number) => classNames?.[category] ?? String(category);
  switch (news.about) {
    case 'place': {
      const here = `At ${place(news.x)}, ${place(news.y)}.`;
      if (news.row === undefined) return here;
      return `${here} Image ${news.row + 1}${news.category === undefined ? '' : `, class ${nameOf(news.category)}`}.`;
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
