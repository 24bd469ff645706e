import { serveProjections } from '../../worker/serve-projections.ts';
import { umapJs } from './index.ts';

serveProjections([umapJs]);
