/** Keys and what they do, as a table of Markdown has them: what stands between backticks is a key. */
export const KEYS: readonly (readonly [keys: string, does: string])[] = [
  [
    '`Enter` on the first screen',
    'goes on with a run that was under way; without one, trains the first network, with a tour the first time, or what is set',
  ],
  ['`Space`, `.`', 'train, hold or go on; one step'],
  ['`1` to `5`', 'the places'],
  ['`Ctrl`+`Z`, `Shift`+`Ctrl`+`Z`', 'undo, redo'],
  ['`?`, `Esc`', 'opens the cards; closes them, or the tour'],
  ['on the map: arrows, `+`, `-`, `0`', 'move, zoom, show all'],
  ['on the map: `N`, `P`; `C`; `Enter`', 'the next code and the one before; a class alone; press'],
  ['on the map: `A`, `B`, `W`', 'the ends of a walk; walk, or hold'],
  ['on the map: `L`, then arrows, `[`, `]`, `Enter`', 'take the codes of a round that grows'],
  ['on the map: `I`; there: `Esc`', 'to what lies under the hand; back to the map'],
  ['on the drawing pad: arrows, `Space`', 'move; draw, or stop'],
  ['in slow motion: left, right', 'a stage back, a stage on'],
];
