import { autoencoder } from './autoencoder.ts';
import type { ModelKind } from './kind.ts';
import { vae } from './vae.ts';

/** Every kind of model: adding one is a file and a line. */
export const KINDS: readonly ModelKind[] = [vae, autoencoder];
