import { OWN_METHODS } from '../own-methods.ts';
import { serveProjections } from './serve-projections.ts';

serveProjections(OWN_METHODS);
