/** What the page shows, in a terminal, of a run's folder. */
export const evaluateCommand = (run: string): string =>
  `latentkit evaluate ${inQuotes(run)} --metrics elbo,mse,activeUnits,klPerDimension`;

export function anomaliesCommand(
  run: string,
  data: string,
  { score, share }: { readonly score: string; readonly share: number },
): string {
  return `latentkit anomalies ${inQuotes(run)} ${inQuotes(data)} --score ${score} --false-alarms ${share}`;
}

/** As a shell reads it. */
const inQuotes = (word: string) => (/^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);
