import { expect, it } from 'vitest';
import { requireFile } from './require-file.ts';

it('refuses what is there and is no file', async () => {
  await requireFile(import.meta.filename);
  await requireFile('/nowhere/at/all');
  await expect(requireFile(import.meta.dirname)).rejects.toMatchObject({
    code: 'E_FORMAT',
    message: expect.stringContaining('it is no file, but a folder'),
  });
});

it.skipIf(process.platform === 'win32')('a device has no end', async () => {
  await expect(requireFile('/dev/zero')).rejects.toThrow('it is no file, but a pipe or a device');
});
