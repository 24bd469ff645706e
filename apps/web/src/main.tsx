import { render } from 'preact';
import { App } from './app.tsx';
import { listenToKeys } from './keys.ts';
import { createPage } from './page.ts';

const page = createPage();
listenToKeys(page);
render(<App page={page} />, document.getElementById('app')!);
