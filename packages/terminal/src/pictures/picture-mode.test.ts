import { expect, test } from 'vitest';
import { pictureMode } from './picture-mode.ts';

const LANG = 'C.UTF-8';

test.each([
  [{ LANG, TERM: 'xterm-kitty' }, 'kitty'],
  [{ LANG, TERM: 'xterm-256color', KITTY_WINDOW_ID: '1' }, 'kitty'],
  [{ LANG, TERM: 'xterm-ghostty', TERM_PROGRAM: 'ghostty' }, 'kitty'],
  [{ TERM: 'xterm-256color', TERM_PROGRAM: 'iTerm.app' }, 'iterm'],
  [{ LANG, TERM: 'xterm-256color', TERM_PROGRAM: 'WezTerm', NO_COLOR: '1' }, 'iterm'],
  [{ LANG, TERM: 'xterm-256color', COLORTERM: 'truecolor' }, 'blocks24'],
  [{ LANG, TERM: 'tmux-256color', COLORTERM: '24bit', TMUX: '/tmp/x', KITTY_WINDOW_ID: '1' }, 'blocks24'],
  [{ LANG, TERM: 'screen-256color', TERM_PROGRAM: 'iTerm.app' }, 'blocks8'],
  [{ LANG, TERM: 'xterm-256color' }, 'blocks8'],
  [{ LANG, TERM: 'xterm' }, 'blocks1'],
  [{ LANG, TERM: 'xterm-256color', COLORTERM: 'truecolor', NO_COLOR: '1' }, 'blocks1'],
  [{ LANG: 'C', TERM: 'xterm-256color', COLORTERM: 'truecolor' }, 'none'],
  [{ LANG, TERM: 'dumb', KITTY_WINDOW_ID: '1' }, 'none'],
])('%o shows pictures by %s', (env, mode) => {
  expect(pictureMode({ isTTY: true }, env, 'linux')).toBe(mode);
});

test('where no terminal is, none', () => {
  expect(pictureMode({}, { LANG, TERM: 'xterm-kitty' }, 'linux')).toBe('none');
});
