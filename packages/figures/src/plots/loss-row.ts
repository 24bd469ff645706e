import { LatentkitError } from '@latentkit/core';

/**
 * The losses of one epoch. What a model does not have is left out; `null` (a NaN that went through JSON), NaN and
 * infinity are gaps in the curve.
 */
export interface LossRow {
  /** Counted from 1. */
  epoch: number;
  loss?: number | null;
  valLoss?: number | null;
  /** A term of the loss, and `val<Term>` beside it. */
  [column: string]: number | null | undefined;
}

/** The column of a term's validation. */
export const validationKey = (term: string) => `val${term[0]!.toUpperCase()}${term.slice(1)}`;

/** The loss, then every term that was validated somewhere, is one that every model has, or is `named`. */
export function lossKeys(history: readonly LossRow[], named: readonly string[] = []): string[] {
  const columns = new Set(history.flatMap((row) => Object.keys(row)));
  const isTerm = (name: string) =>
    columns.has(validationKey(name)) || ['reconstruction', 'kl', ...named].includes(name);
  const onlyValidated = ['reconstruction', 'kl'].filter((name) => columns.has(validationKey(name)));
  const terms = [...columns].filter((name) => name !== 'loss' && isTerm(name));
  return [...new Set(['loss', ...terms, ...onlyValidated])];
}

/** One column of the history; NaN where nothing finite is written. */
export function lossColumn(history: readonly LossRow[], key: string): number[] {
  return history.map((row) => {
    const value = row[key] ?? Number.NaN;
    return Number.isFinite(value) ? value : Number.NaN;
  });
}

const TITLES: Readonly<Record<string, string>> = { loss: 'Total loss', kl: 'KL divergence' };

/** A column as a heading: `totalCorrelation` as `Total correlation`. */
export function lossTitle(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace(/ kl$/, ' KL');
  return TITLES[name] ?? words[0]!.toUpperCase() + words.slice(1);
}

/** The epochs of a history; throws `E_NOT_FINITE` for one that is not finite. */
export function epochsOf(where: string, history: readonly LossRow[]): number[] {
  const epochs = history.map((row) => (Object(row) as LossRow).epoch);
  const bad = epochs.findIndex((epoch) => !Number.isFinite(epoch));
  if (bad < 0) return epochs;
  throw new LatentkitError('E_NOT_FINITE', `${where}: the epoch of row ${bad} is ${epochs[bad]}`);
}
