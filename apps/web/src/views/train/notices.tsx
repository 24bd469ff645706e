import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Page } from '../../page.ts';
import { SaidByProgram } from '../../parts/said-by-program.tsx';
import { noticesOf, type Remedy } from '../../state/notices.ts';
import { sayOffer } from '../../text/offers.ts';
import { sayMegabytes } from '../../text/phrases.ts';

/** What a person should know, and what to do about it. */
export function Notices({ page }: { page: Page }) {
  const { download, phase } = page.lab.session.value;
  const notices = noticesOf({
    session: page.lab.session.value,
    kl: page.lab.pictures.value?.kl,
    fault: page.draft.value.fault ?? page.checked.value?.fault,
    fits: page.checked.value?.fits,
    unknown: page.unknown.value,
    setting: page.setting.value,
    trained: page.trained.value,
    wanted: page.wanted.value,
    unopened: page.unopened.value,
    unloaded: page.unloaded.value,
    obstacle: page.obstacle,
  });
  return (
    <>
      <Unfinished page={page} />
      {phase === 'starting' && download && (
        <p class="notice">
          Downloading: {sayMegabytes(download.loadedBytes)} of {sayMegabytes(download.totalBytes)}
        </p>
      )}
      {notices.map(({ key, isBad, words, details, remedy }) => (
        <div key={key} class={isBad ? 'notice bad' : 'notice'} role={isBad ? 'alert' : undefined}>
          {words}{' '}
          {remedy && (
            <button type="button" onClick={() => apply(page, remedy)}>
              {remedy.words}
            </button>
          )}
          <SaidByProgram details={details} />
        </div>
      ))}
    </>
  );
}

function apply(page: Page, remedy: Remedy): void {
  if ('run' in remedy) {
    if (remedy.does === 'goOn') page.goOn(remedy.run);
    else void page.download(remedy.run);
    return;
  }
  if (remedy.does === 'rescue') page.rescue(remedy.setting);
  else {
    page.change(remedy.setting);
    if (remedy.does === 'train') page.start();
  }
}

/** A run that a closed tab, or a hand, has stopped: it goes on when a person says so, never by itself. */
function Unfinished({ page }: { page: Page }) {
  const run = page.kept.offered.value;
  const lacksFiles = run?.config.dataset.name === 'arrays' && !page.files.value?.length;
  const canGoOn = run !== undefined && !lacksFiles;
  // Deleting takes two presses: there is no way back.
  const doomed = useSignal<string | undefined>(undefined);
  const isSure = run !== undefined && doomed.value === run.name;
  useEffect(() => {
    if (!canGoOn) return;
    // One key: Enter, wherever nothing else wants it, before what it means on the first screen.
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || event.target !== document.body) return;
      event.preventDefault();
      page.goOn(run.name);
    };
    addEventListener('keydown', press, { capture: true });
    return () => removeEventListener('keydown', press, { capture: true });
  }, [canGoOn, run]);
  if (!run) return null;
  return (
    <p class="notice">
      {sayOffer(run)}{' '}
      <button
        type="button"
        class="primary"
        title="Enter"
        aria-keyshortcuts="Enter"
        disabled={lacksFiles}
        onClick={() => page.goOn(run.name)}
      >
        Go on
      </button>
      <button type="button" onClick={() => void page.download(run.name)}>
        Download
      </button>
      <button type="button" onClick={() => page.kept.putAside(run.name)}>
        Not now
      </button>
      <button
        type="button"
        onClick={() => {
          if (isSure) void page.kept.forget(run.name);
          else doomed.value = run.name;
        }}
      >
        {isSure ? 'Delete it for good' : 'Delete it'}
      </button>
    </p>
  );
}
