import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { completionOf } from '../actions/completion.ts';
import { COMMANDS, loadCommands } from '../commands.ts';
import { NAMES } from '../names.ts';
import { plainEnvironment, temporaryFolder } from '../testing/run-cli.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof SHELLS)[number];
const scripts = {} as Record<Shell, string>;

beforeAll(async () => {
  for (const shell of SHELLS) scripts[shell] = completionOf(shell, await loadCommands());
});

/** A folder with a file and a folder, and the script of a shell; skips where there is no such shell. */
function prepare(shell: Shell, { skip }: TestContext): string {
  if (spawnSync(shell, ['--version']).status !== 0)
    skip(`there is no ${shell} here: apt-get install ${shell}`);
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'script'), scripts[shell]);
  writeFileSync(join(cwd, 'my images.npy'), '');
  mkdirSync(join(cwd, 'my runs'));
  return cwd;
}

function run(shell: Shell, args: readonly string[], cwd: string): string {
  const env = { ...plainEnvironment(), TERM: 'xterm', HOME: cwd, LC_ALL: 'C.UTF-8' };
  const { stdout, stderr, status } = spawnSync(shell, args, { cwd, env, encoding: 'utf8', timeout: 150_000 });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout;
}

/** What bash and fish offer for the last word of a line. */
function offers(shell: 'bash' | 'fish', words: readonly string[], cwd: string): string[] {
  if (shell === 'fish') {
    const line = words.join(' ').replaceAll("'", "\\'");
    const out = run('fish', ['--no-config', '-c', `source script; complete -C '${line}'`], cwd);
    return out
      .split('\n')
      .filter(Boolean)
      .map((one) => one.split('\t')[0]!);
  }
  const quoted = words.map((word) => `'${word}'`).join(' ');
  const program = `source ./script; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _latentkit; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return run('bash', ['--norc', '-c', program], cwd).split('\n').filter(Boolean);
}

describe.each(['bash', 'fish'] as const)('%s completes', (shell) => {
  it('commands', (context) => {
    const cwd = prepare(shell, context);
    const names = COMMANDS.map(({ name }) => name);
    expect(offers(shell, ['latentkit', ''], cwd)).toEqual(expect.arrayContaining(names));
    expect(offers(shell, ['latentkit', 'clea'], cwd)).toEqual(['clean']);
  });

  it('options of the command, and their names', (context) => {
    const cwd = prepare(shell, context);
    expect(offers(shell, ['latentkit', 'train', '--rec'], cwd)).toEqual(['--recipe']);
    expect(offers(shell, ['latentkit', 'summary', '--epo'], cwd)).toEqual([]);
    expect(offers(shell, ['latentkit', 'train', '--recipe', ''], cwd).sort()).toEqual(
      [...NAMES.recipes].sort(),
    );
    expect(offers(shell, ['latentkit', 'train', '--dataset', 'k'], cwd)).toEqual(['kmnist']);
    expect(offers(shell, ['latentkit', 'train', '--epochs', '3', '--objective', 'be'], cwd)).toEqual([
      'betaTc',
    ]);
  });

  it('files and folders where they are wanted, with spaces in their names', (context) => {
    const cwd = prepare(shell, context);
    const plain = (names: string[]) =>
      names.map((name) => name.replace(/\/$/, '').replaceAll('\\', '')).sort();
    expect(plain(offers(shell, ['latentkit', 'train', '--data', 'my'], cwd))).toEqual([
      'my images.npy',
      'my runs',
    ]);
    expect(plain(offers(shell, ['latentkit', 'train', '--out', 'my'], cwd))).toEqual(['my runs']);
    expect(plain(offers(shell, ['latentkit', 'clean', 'my'], cwd))).toEqual(['my runs']);
  });
});

it('zsh completes commands, options, names and folders as they are typed', (context) => {
  const cwd = prepare('zsh', context);
  const typed = {
    'latentkit clea': 'latentkit clean',
    'latentkit train --rec': 'latentkit train --recipe',
    'latentkit train --recipe keras-d': 'latentkit train --recipe keras-dense',
    'latentkit train --epochs 3 --dataset k': 'latentkit train --epochs 3 --dataset kmnist',
    'latentkit train --out my': 'latentkit train --out my\\ runs/',
    'latentkit train --data my\\ i': 'latentkit train --data my\\ images.npy',
    'latentkit completion f': 'latentkit completion fish',
  };
  // A zsh of its own on a pseudo terminal; ^Xs prints the line as it is, and takes it away.
  const program = `
    zmodload zsh/zpty
    zpty z zsh -f -i
    zpty -w z 'PS1= PS2=; unsetopt zle_bracketed_paste prompt_sp; autoload -Uz compinit; compinit -u -D; source ./script
      show() { zle -I; print -r -- "<$BUFFER>"; BUFFER= }; zle -N show; bindkey "^Xs" show; print READ""Y'
    zpty -r z out '*READY*'
    for line in "$@"; do
      zpty -w -n z "$line"$'\\t\\x18s'
      zpty -r z out '*<latentkit*>*'
      print -r -- "\${\${out##*<}%%>*}"
    done
    zpty -d z`;
  const out = run('zsh', ['-f', '-c', program, 'zsh', ...Object.keys(typed)], cwd);
  const lines = out.trimEnd().split('\n');
  expect(lines.map((line) => line.replace('\r', '').trimEnd())).toEqual(Object.values(typed));
});
