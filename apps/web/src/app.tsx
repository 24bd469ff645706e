import { LearnDrawer } from './learn/open-drawer.tsx';
import type { Page } from './page.ts';
import { TourCard, TourVoice } from './tour/tour-card.tsx';
import { Announcer } from './views/announcer.tsx';
import { Header } from './views/header.tsx';
import { LazyPlace } from './views/lazy-place.tsx';
import { MapView } from './views/map/map-view.tsx';
import { RunBar } from './views/run-bar.tsx';
import { TrainView } from './views/train/train-view.tsx';

export function App({ page }: { page: Page }) {
  return (
    <>
      <Header page={page} />
      <Announcer page={page} />
      <TourVoice page={page} />
      <RunBar page={page} />
      <TourCard page={page} />
      <main class="place">
        <PlaceView page={page} />
      </main>
      <LearnDrawer page={page} />
    </>
  );
}

function PlaceView({ page }: { page: Page }) {
  const place = page.place.value;
  if (place === 'train') return <TrainView page={page} />;
  return place === 'map' ? <MapView page={page} /> : <LazyPlace page={page} place={place} />;
}
