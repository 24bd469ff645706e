import { useSignal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Page } from '../page.ts';
import type { Place } from '../state/url.ts';
import { PLACE_NAMES } from '../text/choices.ts';
import { Notices } from './train/notices.tsx';

type LazyPlaceName = Exclude<Place, 'train' | 'map'>;
type View = FunctionComponent<{ readonly page: Page }>;

const VIEWS: Readonly<Record<LazyPlaceName, () => Promise<{ readonly View: View }>>> = {
  evaluate: () => import('./evaluate/evaluate-view.tsx'),
  compare: () => import('./compare/compare-view.tsx'),
  runs: () => import('./runs/runs-view.tsx'),
};

/** A place that is loaded when somebody goes there first. */
export function LazyPlace({ page, place }: { page: Page; place: LazyPlaceName }) {
  const loaded = useSignal<{ readonly place: Place; readonly View: View } | undefined>(undefined);
  useEffect(() => {
    void page.load(`“${PLACE_NAMES[place]}”`, VIEWS[place]).then((part) => {
      if (part) loaded.value = { place, View: part.View };
    });
  }, [page, place]);
  const View = loaded.value?.place === place ? loaded.value.View : undefined;
  return (
    <>
      <div class="stage">
        <Notices page={page} />
      </div>
      {View && <View page={page} />}
    </>
  );
}
