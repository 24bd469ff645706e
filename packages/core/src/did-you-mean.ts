/**
 * A sentence for an unknown name: the nearest known one, or the list of them.
 *
 * @example
 * didYouMean('keras-dens', ['keras-dense', 'keras-conv']); // "Did you mean 'keras-dense'?"
 */
export function didYouMean(given: string, known: readonly string[]): string {
  const name = String(given); // from JavaScript anything may be looked up
  let nearest: string | undefined;
  let least = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    if (Math.abs(name.length - candidate.length) >= least) continue; // so many edits at least
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest === undefined ? `Known: ${known.join(', ')}` : `Did you mean '${nearest}'?`;
}

/** Levenshtein's distance, a row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, substitution));
    }
    row = next;
  }
  return row[b.length]!;
}
