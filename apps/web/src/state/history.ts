/** What can be undone: the states before, this one, and those that were undone. */
export interface History<State> {
  readonly past: readonly State[];
  readonly present: State;
  readonly future: readonly State[];
}

/** So many steps can be undone. */
const MOST = 100;

export const historyOf = <State>(present: State): History<State> => ({ past: [], present, future: [] });

/** A new state; what was undone is gone. */
export function record<State>({ past, present }: History<State>, next: State): History<State> {
  return { past: [...past, present].slice(-MOST), present: next, future: [] };
}

/** The state before, or the same where there is none. */
export function undo<State>(history: History<State>): History<State> {
  const { past, present, future } = history;
  if (past.length === 0) return history;
  return { past: past.slice(0, -1), present: past.at(-1)!, future: [present, ...future] };
}

/** The state that was undone last, or the same where there is none. */
export function redo<State>(history: History<State>): History<State> {
  const { past, present, future } = history;
  const [next, ...others] = future;
  return next === undefined ? history : { past: [...past, present], present: next, future: others };
}
