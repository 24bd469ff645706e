import { LearnDrawer } from './learn/open-drawer.tsx';
import type { Page } from './page.ts';
import { TourCard, TourVoice } from './tour/tour-card.tsx';
import { Announcer } from './views/announcer.tsx';
import { Header } from './views/header.tsx';
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
        {page.place.value === 'map' ? <MapView page={page} /> : <TrainView page={page} />}
      </main>
      <LearnDrawer page={page} />
    </>
  );
}
