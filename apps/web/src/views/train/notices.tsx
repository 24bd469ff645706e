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
  });
  return (
    <>
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
                page.change(remedy.setting);
                page.play();
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
