import { render } from 'preact';
import { App } from './app.tsx';
import { listenForDrops } from './data/listen-for-drops.ts';
import { listenToKeys } from './keys.ts';
import { createPage } from './page.ts';
import { showPoster } from './tour/show-poster.ts';

const page = createPage();
void showPoster(page);
listenToKeys(page);
listenForDrops((picking) => (page.drops.value ?? page.take)(picking));
const host = document.getElementById('app')!;
host.replaceChildren(); // what is said to browsers that do not come so far
render(<App page={page} />, host);
