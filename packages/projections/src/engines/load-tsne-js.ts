import type { Projection, SavedProjection } from '../projection.ts';
import { savedNumbers } from '../saved-numbers.ts';
import { requireSaved } from './require-saved.ts';
import { finishedTsneJs, type TsneJsSettings } from './tsne-js-finished.ts';

/**
 * An equal of the map that was saved; tsne-js need not be installed.
 *
 * @throws `E_FORMAT` for what is not a saved map of tsne-js.
 */
export async function loadTsneJs(saved: SavedProjection): Promise<Projection> {
  const numbers = ['count', 'components', 'objective', 'step'] as const;
  const settings = requireSaved<TsneJsSettings>(saved, 'tsne-js', numbers, 'loadTsneJs');
  const { count, components } = settings;
  const map = savedNumbers(saved, 'map', Float32Array, count * components, 'loadTsneJs');
  return finishedTsneJs(settings, map);
}
