import { filesFrom } from '../../data/dropped-files.ts';
import type { Page } from '../../page.ts';

/** A button that asks for files, or a folder of them: what a drop anywhere on the page does, by keys. */
export function FileField({ page, words, isFolder }: { page: Page; words: string; isFolder: boolean }) {
  return (
    <label class="file-field">
      <input
        type="file"
        multiple
        {...(isFolder && { webkitdirectory: true })}
        onChange={({ currentTarget: { files } }) => {
          if (files?.length) void page.take(filesFrom(files));
        }}
      />
      <span>{words}</span>
    </label>
  );
}
