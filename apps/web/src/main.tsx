import { render } from 'preact';
import { App } from './app.tsx';
import { createPage } from './page.ts';

render(<App page={createPage()} />, document.getElementById('app')!);
