interface LatestOptions<Input> {
  /** Hears why there is no answer. Without it the next question finds out by itself, and a worker's death is told where it is heard. */
  readonly fail?: (error: Error, input: Input) => void;
  /** Whether an answer is of use that a newer question has overtaken: a hand that moves wants to see something on its way. */
  readonly usesOvertaken?: boolean;
}

/**
 * Asks one thing at a time, and of what comes in meanwhile the newest alone: a hand moves faster than pictures are made.
 *
 * @param use hears the answers, in the order of the questions: the last is that to the newest.
 */
export function latestOnly<Input, Answer>(
  ask: (input: Input) => Promise<Answer>,
  use: (answer: Answer, input: Input) => void,
  { fail, usesOvertaken = false }: LatestOptions<Input> = {},
): (input: Input) => void {
  let waiting: { readonly input: Input } | undefined;
  let isBusy = false;

  async function work(): Promise<void> {
    isBusy = true;
    while (waiting) {
      const { input } = waiting;
      waiting = undefined;
      try {
        const answer = await ask(input);
        if (!waiting || usesOvertaken) use(answer, input);
      } catch (error) {
        if (!waiting) fail?.(error as Error, input);
      }
    }
    isBusy = false;
  }

  return (input) => {
    waiting = { input };
    if (!isBusy) void work();
  };
}
