import { use } from './use.js';

globalThis.outcome = use(); // whoever opens the page awaits it
