/** Where a file of another program says what model of Latentkit it is of. */
export const MODEL_KEY = 'latentkit';
