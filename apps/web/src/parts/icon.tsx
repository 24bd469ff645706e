const PATHS = {
  play: 'M7 4.5v15l12-7.5z',
  pause: 'M7 5h4v14H7zM13 5h4v14h-4z',
  step: 'M5 5v14l9-7zM16 5h3v14h-3z',
  stop: 'M6 6h12v12H6z',
  undo: 'M9 14 4 9l5-5v3h5a6 6 0 0 1 0 12h-4v-2h4a4 4 0 0 0 0-8H9z',
  redo: 'm15 14 5-5-5-5v3h-5a6 6 0 0 0 0 12h4v-2h-4a4 4 0 0 1 0-8h5z',
  plus: 'M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z',
  minus: 'M5 11h14v2H5z',
  whole: 'M4 4h6v2H6v4H4zM14 4h6v6h-2V6h-4zM4 14h2v4h4v2H4zM18 14h2v6h-6v-2h4z',
  move: 'm12 2 4 4h-3v5h5V8l4 4-4 4v-3h-5v5h3l-4 4-4-4h3v-5H6v3l-4-4 4-4v3h5V6H8z',
  save: 'M11 3h2v9l3.5-3.5 1.4 1.4L12 15.8 6.1 9.9l1.4-1.4L11 12zM4 18h16v2H4z',
  tick: 'm9.5 16.2-4-4L4 13.7l5.5 5.5L20.5 8.2 19 6.7z',
} as const;

export type IconName = keyof typeof PATHS;

/** A sign beside or in the place of a word; what it means is in the button's name. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
