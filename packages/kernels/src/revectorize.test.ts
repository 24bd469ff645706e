import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { enableRevectorization, type NodeProcess } from './revectorize.ts';

/** A Node with these differences, and the flags that it was given. */
function fakeNode(differences: Partial<NodeProcess> = {}) {
  const flags: string[] = [];
  const process: NodeProcess = {
    arch: 'x64',
    env: {},
    release: { name: 'node' },
    versions: { v8: '13.6.233.17-node.53' },
    getBuiltinModule: () => ({ setFlagsFromString: (flag) => flags.push(flag) }),
    ...differences,
  };
  return { flags, process };
}

describe('enableRevectorization', () => {
  it('turns the flag on where it is known', () => {
    const { flags, process } = fakeNode();
    expect(enableRevectorization({ process })).toBe(true);
    expect(flags).toEqual(['--experimental-wasm-revectorize']);
  });

  it.each<[string, Partial<NodeProcess>]>([
    ['Node 20', { versions: { v8: '11.3.244.8-node.38' } }],
    ['Node 22', { versions: { v8: '12.4.254.21-node.57' } }],
    ['an engine of the future', { versions: { v8: '15.0.1' } }],
    ['an engine without a version', { versions: {} }],
    ['another processor', { arch: 'arm64' }],
    ['Electron', { versions: { v8: '13.6.233.17', electron: '36.0.0' } }],
    ['Bun', { versions: { v8: '13.6.233.17', bun: '1.3.0' } }],
    ['Deno', { versions: { v8: '13.6.233.17', deno: '2.4.0' } }],
    ['a process that is not Node', { release: {} }],
    ['a user who does not want it', { env: { LATENTKIT_REVECTORIZE: '0' } }],
  ])('leaves %s alone', (_, differences) => {
    const { flags, process } = fakeNode(differences);
    expect(enableRevectorization({ process })).toBe(false);
    expect(flags).toEqual([]);
  });

  it('does nothing when told not to, and none without a process or its modules', () => {
    const { flags, process } = fakeNode();
    expect(enableRevectorization({ enabled: false, process })).toBe(false);
    expect(flags).toEqual([]);
    expect(enableRevectorization({ process: { ...process, getBuiltinModule: undefined as never } })).toBe(
      false,
    );
  });

  it('says nothing in this Node, and returns whether the tests run in one that has it', () => {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `import { enableRevectorization } from '@latentkit/kernels/nn'; process.stdout.write(String(enableRevectorization()));`,
      ],
      { cwd: fileURLToPath(new URL('..', import.meta.url)), encoding: 'utf8', env: {} },
    );
    expect(stderr).toBe('');
    const known = execFileSync(process.execPath, ['--v8-options'], { encoding: 'utf8', maxBuffer: 2 ** 24 });
    if (stdout === 'true') expect(known).toContain('--experimental-wasm-revectorize');
    else expect(stdout).toBe('false');
  });
});
