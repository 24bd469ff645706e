interface FileFieldProps {
  readonly words: string;
  readonly isFolder: boolean;
  /** Hears what was chosen, if anything was. */
  take(files: readonly File[]): void;
}

/** A button that asks for files, or a folder of them: what a drop does, by keys. */
export function FileField({ words, isFolder, take }: FileFieldProps) {
  return (
    <label class="file-field">
      <input
        type="file"
        multiple
        {...(isFolder && { webkitdirectory: true })}
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          currentTarget.value = ''; // the same files again are a choice, too
          if (files.length > 0) take(files);
        }}
      />
      <span>{words}</span>
    </label>
  );
}
