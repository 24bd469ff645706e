import { useSignal, useSignalEffect } from '@preact/signals';
import type { Page } from '../page.ts';
import { EXPORTS, type ExportFormat } from '../text/exports.ts';
import { sayError } from '../text/faults.ts';

/** What the network that is shown can be taken out as: a button that opens the list. */
export function ExportMenu({ page }: { page: Page }) {
  const said = useSignal('');
  const isBusy = useSignal(false);
  const hasTable = page.lab.data.value?.table !== undefined;
  // What was said is of the run that was shown then.
  useSignalEffect(() => {
    page.lab.data.value;
    said.value = '';
  });
  const take = async (format: ExportFormat, words: string) => {
    const of = page.lab.data.peek();
    const say = (sentence: string) => {
      if (page.lab.data.peek() === of) said.value = sentence;
    };
    isBusy.value = true;
    say(`Writing ${words}.`);
    try {
      say(`${await page.takeOut(format)} is among your downloads.`);
    } catch (error) {
      say(sayError(error, { lead: `${words} cannot be written` }).words);
    }
    isBusy.value = false;
  };
  return (
    <>
      <button type="button" popovertarget="exports">
        Export
      </button>
      <div class="why" id="exports" popover="auto">
        <ul class="exports">
          {EXPORTS.filter(({ isOfTable }) => isOfTable === undefined || isOfTable === hasTable).map(
            ({ format, words, about }) => (
              <li key={format}>
                <button type="button" disabled={isBusy.value} onClick={() => void take(format, words)}>
                  {words}
                </button>
                <span class="dim">{about}</span>
              </li>
            ),
          )}
        </ul>
        <p role="status">{said}</p>
      </div>
    </>
  );
}
