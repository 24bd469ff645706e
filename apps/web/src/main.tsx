import { render } from 'preact';
import { App } from './app.tsx';
import { listenForDrops } from './data/listen-for-drops.ts';
import { listenToKeys } from './keys.ts';
import { createPage } from './page.ts';

const page = createPage();
listenToKeys(page);
listenForDrops(page.take);
render(<App page={page} />, document.getElementById('app')!);
