import { hasUnicode } from '../terminal.ts';

/** How a terminal shows pictures: by a protocol, by half blocks in so many colours, or not at all. */
export type PictureMode = 'kitty' | 'iterm' | 'blocks24' | 'blocks8' | 'blocks1' | 'none';

/**
 * What a terminal says that it can, through the variables it sets.
 *
 * A multiplexer inherits them from the terminal that it was started in, and passes no pictures on.
 *
 * @see https://sw.kovidgoyal.net/kitty/graphics-protocol and https://iterm2.com/documentation-images.html
 */
export function pictureMode(
  stream: { isTTY?: boolean } = process.stderr,
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: string = process.platform,
): PictureMode {
  const { TERM = '', TERM_PROGRAM = '' } = env;
  if (!stream.isTTY || TERM === 'dumb') return 'none';
  const isMultiplexed = Boolean(env.TMUX || env.STY) || /^(?:screen|tmux)/.test(TERM);
  if (!isMultiplexed) {
    if (env.KITTY_WINDOW_ID || /kitty|ghostty/.test(TERM) || TERM_PROGRAM === 'ghostty') return 'kitty';
    if (TERM_PROGRAM === 'iTerm.app' || TERM_PROGRAM === 'WezTerm') return 'iterm';
  }
  if (!hasUnicode(env, platform)) return 'none';
  if (env.NO_COLOR) return 'blocks1';
  if (/truecolor|24bit/.test(env.COLORTERM ?? '')) return 'blocks24';
  return /256color/.test(TERM) ? 'blocks8' : 'blocks1';
}
