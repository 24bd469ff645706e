import { serveProjections } from '../../worker/serve-projections.ts';
import { method } from './method.ts';

serveProjections([method]);
