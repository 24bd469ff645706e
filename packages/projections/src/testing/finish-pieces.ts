/** What a generator returns, whatever it yields on the way. */
export function finishPieces<T>(pieces: Generator<unknown, T>): T {
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value as T;
  }
}
