/**
 * Asks one thing at a time, and of what comes in meanwhile the newest alone: a hand moves faster than pictures are made.
 *
 * @param use hears each answer, in the order of the questions.
 */
export function latestOnly<Input, Answer>(
  ask: (input: Input) => Promise<Answer>,
  use: (answer: Answer, input: Input) => void,
): (input: Input) => void {
  let waiting: { readonly input: Input } | undefined;
  let isBusy = false;

  async function work(): Promise<void> {
    isBusy = true;
    while (waiting) {
      const { input } = waiting;
      waiting = undefined;
      try {
        use(await ask(input), input);
      } catch {
        // The worker's death is told where it is heard; the next question finds out by itself.
      }
    }
    isBusy = false;
  }

  return (input) => {
    waiting = { input };
    if (!isBusy) void work();
  };
}
