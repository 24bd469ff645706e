/** Activations that a product applies on its way out. The numbers are the ABI of assembly/nn/activation.ts. */
const ACTIVATIONS = { linear: 0, relu: 1, leakyRelu: 2 } as const;

export type FusedActivation = keyof typeof ACTIVATIONS;

/** What follows a product: a bias a column (pointer, 0 for none), then an activation. */
export interface Epilogue {
  bias?: number;
  activation?: FusedActivation;
  /** Slope of LeakyReLU below zero. */
  alpha?: number;
}

/** An epilogue as assembly takes it. */
export function epilogueArguments({
  bias = 0,
  activation = 'linear',
  alpha = 0,
}: Epilogue = {}): [bias: number, activation: number, alpha: number] {
  return [bias, ACTIVATIONS[activation], alpha];
}
