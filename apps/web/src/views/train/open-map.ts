import { effect } from '@preact/signals';
import { latestOnly } from '../../lab/latest.ts';
import type { Page } from '../../page.ts';
import { drawImages } from '../../parts/draw-images.ts';

const COLORS = [
  '#3f90da',
  '#ffa90e',
  '#bd1f01',
  '#94a4a2',
  '#832db6',
  '#a96b59',
  '#e76300',
  '#b9ac70',
  '#717581',
  '#92dadd',
];
/** The map shows the plane from -4 to 4: what the prior fills. */
const REACH = 4;

/** Draws the codes of the newest weights, and decodes where the pointer is. */
export function openMap(host: HTMLElement, { lab }: Page): () => void {
  const canvas = document.createElement('canvas');
  const picture = document.createElement('canvas');
  picture.className = 'map-picture';
  host.append(canvas, picture);
  const decode = latestOnly(lab.decode, (bytes) => {
    const shape = lab.data.value?.shape;
    if (shape && bytes.length > 0) drawImages(picture, bytes, shape, 1);
  });
  const stop = effect(() => {
    const pictures = lab.pictures.value;
    const labels = lab.data.value?.labels;
    const context = canvas.getContext('2d');
    if (!context) return;
    const size = 600;
    canvas.width = size;
    canvas.height = size;
    if (!pictures) return;
    const { means, axes } = pictures;
    const latentDim = lab.data.value!.latentDim;
    const [first = 0, second = first] = axes;
    for (let i = 0; i < means.length / latentDim; i++) {
      const [x, y] = [means[i * latentDim + first]!, means[i * latentDim + second]!];
      context.fillStyle = COLORS[(labels?.[i] ?? 0) % COLORS.length]!;
      context.fillRect(
        (size * (x + REACH)) / (2 * REACH) - 1.5,
        (size * (REACH - y)) / (2 * REACH) - 1.5,
        3,
        3,
      );
    }
  });
  const move = (event: PointerEvent) => {
    const data = lab.data.value;
    const axes = lab.pictures.value?.axes;
    if (!data || !axes) return;
    const box = canvas.getBoundingClientRect();
    const codes = new Float32Array(data.latentDim);
    const [first = 0, second = first] = axes;
    codes[first] = (2 * REACH * (event.clientX - box.left)) / box.width - REACH;
    codes[second] = REACH - (2 * REACH * (event.clientY - box.top)) / box.height;
    decode(codes);
  };
  canvas.addEventListener('pointermove', move);
  return () => {
    stop();
    host.replaceChildren();
  };
}
