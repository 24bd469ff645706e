import type { Page } from '../page.ts';
import { isFirst } from '../state/setting.ts';
import { type PackedPoster, unpackPoster } from './poster.ts';

/** Shows a finished run of what the lab is set to at first, before anything has been computed; another setting has none. */
export async function showPoster({ lab, setting }: Page): Promise<void> {
  if (!isFirst(setting.peek())) return;
  const { default: packed } = await import('./poster.json');
  lab.showPoster(unpackPoster(packed as unknown as PackedPoster));
}
