import { useSignal } from '@preact/signals';
import type { TakenFormat } from '../lab/messages.ts';
import type { Page } from '../page.ts';
import { EXPORTS } from '../text/exports.ts';
import { sayError } from '../text/faults.ts';

/** What the network that is shown can be taken out as: a button that opens the list. */
export function ExportMenu({ page }: { page: Page }) {
  const said = useSignal('');
  const isBusy = useSignal(false);
  const take = async (format: TakenFormat, words: string) => {
    isBusy.value = true;
    said.value = `Writing ${words}.`;
    try {
      said.value = `${await page.takeOut(format)} is among your downloads.`;
    } catch (error) {
      said.value = sayError(error, { lead: `${words} cannot be written` }).words;
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
          {EXPORTS.filter(({ isOfTable }) => !isOfTable || page.lab.data.value?.table).map(
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
