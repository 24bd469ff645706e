/** Pixels and codes of another program may differ by so much. */
const MOST_DIFFERENCE = 1e-5;
const LEAST_MODELS = 19;

/** Says that a reader was not there, and why. */
export function notChecked(reason) {
  console.log(`readers: NOT CHECKED, ${reason}`);
}

/**
 * The largest difference of each output, a row a model; says how many models they are of and what differs most.
 *
 * @throws where one differs by more than single precision explains, and where fewer models were looked at.
 */
export function sameNumbers(reader, rows, least = LEAST_MODELS, which = 'exported') {
  const differences = rows.flatMap(({ case: name, ...outputs }) =>
    Object.entries(outputs).map(([what, difference]) => [`${name}: ${what}`, difference]),
  );
  if (rows.length < least) throw new Error(`${reader}: ${rows.length} models were looked at`);
  const wrong = differences.find(([, difference]) => !(difference <= MOST_DIFFERENCE));
  if (wrong) throw new Error(`${reader}: ${wrong[0]} differs by ${wrong[1]}`);
  const [most] = differences.sort(([, a], [, b]) => b - a);
  console.log(
    `readers: ${reader}: ${rows.length} ${which} model${rows.length === 1 ? '' : 's'}, the most that differs is ${most[1].toExponential(1)} (${most[0]})`,
  );
}
