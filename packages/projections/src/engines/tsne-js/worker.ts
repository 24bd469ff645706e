import { serveProjections } from '../../worker/serve-projections.ts';
import { tsneJs } from './index.ts';

serveProjections([tsneJs]);
