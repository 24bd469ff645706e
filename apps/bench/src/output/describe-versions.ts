import type { MachineEvent } from '../bench-event.ts';

const TITLES: Readonly<Record<keyof MachineEvent['versions'], string>> = {
  tfjs: 'tfjs',
  pytorch: 'PyTorch',
  blas: 'BLAS',
  jax: 'JAX',
  keras: 'Keras',
  tensorflow: 'TensorFlow',
  jaxJs: 'jax-js',
  chromium: 'Chromium',
};

/** What ran, each with its version: `PyTorch 2.9.1`. */
export function describeVersions(versions: MachineEvent['versions']): string[] {
  const keys = Object.keys(TITLES) as (keyof typeof TITLES)[];
  return keys.flatMap((key) => (versions[key] === null ? [] : [`${TITLES[key]} ${versions[key]}`]));
}
