import type { OfferedRun } from '../kept-runs.ts';
import { sayCount, sayDuration } from './phrases.ts';

const moment = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** What is known of a run that stopped before its end, and what it wants. */
export function sayOffer({ config, epochs, of, savedAt, closedAt, files }: OfferedRun): string {
  const going = `A run of ${config.recipe} was going: epoch ${Math.min(epochs + 1, of)} of ${of}`;
  return `${going}, ${saySaved(savedAt, closedAt)}.${config.dataset.name === 'arrays' ? sayFiles(files) : ''}`;
}

function saySaved(savedAt: number, closedAt: number | undefined): string {
  if (closedAt === undefined) return `saved on ${moment.format(savedAt)}`;
  const seconds = Math.round((closedAt - savedAt) / 1000);
  return seconds < 1 ? 'saved as the tab closed' : `saved ${sayDuration(seconds)} before the tab closed`;
}

/** A page may not open files again by itself. */
function sayFiles(files: OfferedRun['files']): string {
  const what = files
    ? `${files.name} (${sayCount(files.count)} ${files.count === 1 ? 'file' : 'files'})`
    : 'them';
  return ` It learns from files of your own: drop ${what} here again to go on.`;
}
