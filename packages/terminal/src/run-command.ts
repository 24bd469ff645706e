import { createLiveLine, type LiveLine } from './live-line.ts';
import { paint } from './paint.ts';
import { printable } from './printable.ts';
import { listenForStop } from './stop-request.ts';
import { talk } from './talk.ts';
import { hasLiveTerminal } from './terminal.ts';

export interface CommandOptions {
  /** Stdout is for a program: then there is no live line. */
  json?: boolean;
  /** Said when the work ended because it was asked to: what there is of it now. */
  leaves: string;
  /** Called once, as soon as somebody asks to stop, or nobody reads any more. */
  onStop?: (byUser: boolean) => void;
}

export interface CommandTools {
  readonly line: LiveLine;
  /** Aborted by Ctrl-C and the like, and by a stdout that is closed or refuses. */
  readonly signal: AbortSignal;
  /** Says what the reader should know beside the result. */
  note(text: string): void;
  /** For work that ends in good order after a stop: says what it leaves, and sets the exit code of the stop. */
  stopped(leaves: string): void;
}

/**
 * The frame of a command that takes its time: a live line, and a stop that is heard, told and cleaned up after.
 *
 * @throws what `work` throws, but for the reason of the signal it was given: that is a stop.
 */
export async function runCommand(
  { json = false, leaves, onStop }: CommandOptions,
  work: (tools: CommandTools) => Promise<void>,
): Promise<void> {
  const line = createLiveLine(process.stderr, { enabled: !json && hasLiveTerminal() });
  const stop = listenForStop((byUser) => {
    line.clear();
    onStop?.(byUser);
  });
  const { signal } = stop;
  const stopped = (text: string) => {
    line.clear();
    talk(text);
    process.exitCode = stop.exitCode;
  };
  const note = (text: string) => {
    line.clear();
    talk(`${paint('yellow', 'Note:')} ${printable(text)}`); // it may name files
  };
  try {
    await work({ line, signal, note, stopped });
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
    stopped(leaves);
  } finally {
    line.clear();
    stop.dispose();
  }
}
