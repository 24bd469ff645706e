/** Numbers of noise an example gets, by name. They are consecutive words of the example's own sequence, in this order. */
export type NoiseRequests = Readonly<
  Record<string, { readonly distribution: 'normal' | 'uniform'; readonly shape: readonly number[] }>
>;
