import { expect, onTestFinished, test, vi } from 'vitest';
import { createDownloadView } from './download-view.ts';

test('says at once where each file comes from, again where that changes, and shows how far it is', () => {
  const talked: string[] = [];
  const stderr = vi
    .spyOn(process.stderr, 'write')
    .mockImplementation((text) => talked.push(String(text)) > 0);
  onTestFinished(() => stderr.mockRestore());
  const drawn: string[] = [];
  const line = {
    enabled: true,
    width: 60,
    update: (text: () => string) => drawn.push(text()),
    clear: () => {},
    draw: () => {},
  };
  const show = createDownloadView(line);
  show({ file: 'a.gz', url: 'https://slow.test/a.gz', loadedBytes: 0 });
  show({ file: 'a.gz', url: 'https://good.test/a.gz', loadedBytes: 0 });
  show({ file: 'a.gz', url: 'https://good.test/a.gz', loadedBytes: 500_000, totalBytes: 9_900_000 });
  show({ file: 'a.gz', url: 'https://good.test/a.gz', loadedBytes: 9_900_000, totalBytes: 9_900_000 });
  expect(talked).toEqual(['Downloading a.gz from slow.test\n', 'Downloading a.gz from good.test\n']);
  expect(drawn).toEqual(['  waiting for an answer', '  waiting for an answer', '  0.50 of 9.9 MB']);
});
