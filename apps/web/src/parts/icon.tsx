const PATHS = {
  play: 'M7 4.5v15l12-7.5z',
  pause: 'M7 5h4v14H7zM13 5h4v14h-4z',
  step: 'M5 5v14l9-7zM16 5h3v14h-3z',
  stop: 'M6 6h12v12H6z',
  undo: 'M9 14 4 9l5-5v3h5a6 6 0 0 1 0 12h-4v-2h4a4 4 0 0 0 0-8H9z',
  redo: 'm15 14 5-5-5-5v3h-5a6 6 0 0 0 0 12h4v-2h-4a4 4 0 0 1 0-8h5z',
  tick: 'm9.5 16.2-4-4L4 13.7l5.5 5.5L20.5 8.2 19 6.7z',
} as const;

/** A sign beside or in the place of a word; what it means is in the button's name. */
export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
