import type { Page } from '../../page.ts';
import { noticesOf } from '../../state/notices.ts';
import { sayMegabytes } from '../../text/phrases.ts';

/** What a person should know, and what to do about it. */
export function Notices({ page }: { page: Page }) {
  const { download, phase } = page.lab.session.value;
  const notices = noticesOf({
    session: page.lab.session.value,
    kl: page.lab.pictures.value?.kl,
    fault: page.draft.value.fault ?? page.checked.value?.fault,
    unknown: page.unknown.value,
    setting: page.setting.value,
    unopened: page.unopened.value,
    obstacle: page.obstacle,
  });
  return (
    <>
      <Unfinished page={page} />
      {phase === 'starting' && download && (
        <p class="notice">
          Downloading: {sayMegabytes(download.loadedBytes)}
          {download.totalBytes !== undefined && ` of ${sayMegabytes(download.totalBytes)}`}
        </p>
      )}
      {notices.map(({ key, isBad, words, remedy }) => (
        <p key={key} class={isBad ? 'notice bad' : 'notice'} role={isBad ? 'alert' : undefined}>
          {words}
          {remedy && (
            <button
              type="button"
              onClick={() => {
                if (remedy.goOn !== undefined) page.goOn(remedy.goOn);
                else {
                  page.change(remedy.setting);
                  page.play();
                }
              }}
            >
              {remedy.words}
            </button>
          )}
        </p>
      ))}
    </>
  );
}

/** A run that a closed tab, or a hand, has stopped: it goes on when a person says so, never by itself. */
function Unfinished({ page }: { page: Page }) {
  const found = page.unfinished.value;
  if (!found) return null;
  return (
    <p class="notice">
      A run of {found.config.recipe} stopped after epoch {found.epochs} of {found.of}, and is kept.{' '}
      <button type="button" class="primary" onClick={() => page.goOn(found.name)}>
        Go on
      </button>
      <button type="button" onClick={page.forgetUnfinished}>
        Forget it
      </button>
    </p>
  );
}
