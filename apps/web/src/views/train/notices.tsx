import type { Page } from '../../page.ts';

/** What a person must know: a failed run, a link that says what cannot be. */
export function Notices({ page }: { page: Page }) {
  const { failure } = page.lab.session.value;
  const { fault } = page.draft.value;
  const unknown = page.unknown.value;
  return (
    <>
      {failure && (
        <p class="notice bad" role="alert">
          {failure.message}
        </p>
      )}
      {fault !== undefined && (
        <p class="notice bad" role="alert">
          {fault}
        </p>
      )}
      {unknown.length > 0 && (
        <p class="notice">The link says what this page does not know: {unknown.join(', ')}</p>
      )}
    </>
  );
}
