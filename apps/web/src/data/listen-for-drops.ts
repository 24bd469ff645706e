import { filesFrom, type PickedFile } from './dropped-files.ts';

/** Takes files that are dropped anywhere on the page, which would else leave it for one of them. */
export function listenForDrops(take: (picking: Promise<PickedFile[]>) => unknown): void {
  const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') ?? false;
  addEventListener('dragover', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    document.documentElement.classList.add('takes-drop');
  });
  for (const end of ['dragleave', 'drop'] as const) {
    addEventListener(end, (event) => {
      if (end === 'dragleave' && event.relatedTarget !== null) return; // still within the page
      document.documentElement.classList.remove('takes-drop');
    });
  }
  addEventListener('drop', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    take(filesFrom(event.dataTransfer!));
  });
}
