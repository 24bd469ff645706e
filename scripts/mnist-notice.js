/** vitest's global set-up: says once why the tests that need real MNIST are skipped. */
export function setup() {
  if (process.env.LATENTKIT_MNIST_DIR) return;
  process.stdout.write(
    'Skipping the tests that need real MNIST: LATENTKIT_MNIST_DIR names no folder with its four files.\n',
  );
}
