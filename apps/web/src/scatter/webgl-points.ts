import type { Size } from './camera.ts';
import type { ParsedColors, Rgb } from './colors.ts';
import { type Frame, type PointRenderer, passesOf, RIM, RIMMED_FROM } from './renderer.ts';
import { densityNow, resizeCanvas } from './resize-canvas.ts';
import { askForPrograms, draftPrograms, linkPrograms, type PointPrograms } from './webgl-programs.ts';

/** Points by WebGL2, or `undefined` where there is none: without a GPU, browsers have stopped pretending to have one. */
export function createWebglPoints(): PointRenderer | undefined {
  const gl = openContext();
  const programs = gl && linkPrograms(gl, askForPrograms(gl));
  return programs ? pointsBy(gl, programs) : undefined;
}

/**
 * The same as soon as all that it needs is made, which the driver does beside the page: `createWebglPoints` and the first frame that has
 * points wait for it, on a processor that plays GPU for a tenth of a second.
 *
 * @param size of the map, in CSS pixels; it may have another one later.
 */
export async function prepareWebglPoints({ width, height }: Size): Promise<PointRenderer | undefined> {
  const gl = openContext();
  if (!gl) return undefined;
  resizeCanvas(gl.canvas as HTMLCanvasElement, width * densityNow(), height * densityNow());
  const asked = askForPrograms(gl);
  await driverIsDone(gl);
  const programs = linkPrograms(gl, asked);
  if (!programs) return undefined;
  draftPrograms(gl, programs);
  await driverIsDone(gl);
  return pointsBy(gl, programs);
}

const openContext = (): WebGL2RenderingContext | null =>
  document
    .createElement('canvas')
    .getContext('webgl2', { antialias: false, depth: false, premultipliedAlpha: true });

/** Between two questions whether the driver is done. */
const ASK_MS = 8;

/** Once all that was asked of a driver is done, or its context is lost. */
async function driverIsDone(gl: WebGL2RenderingContext): Promise<void> {
  const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  gl.flush();
  while (fence && !gl.isContextLost() && gl.getSyncParameter(fence, gl.SYNC_STATUS) !== gl.SIGNALED) {
    await new Promise((resolve) => setTimeout(resolve, ASK_MS));
  }
  gl.deleteSync(fence);
}

function pointsBy(gl: WebGL2RenderingContext, { plain, rimmed }: PointPrograms): PointRenderer {
  const canvas = gl.canvas as HTMLCanvasElement;
  const vertices = gl.createVertexArray();
  const [fills, rims] = Array.from({ length: 2 }, () => gl.createBuffer());
  /** Two at a time: the motion's. */
  const buffers = new Map<Float32Array, WebGLBuffer>();
  let category: Uint8Array = new Uint8Array();
  let state: Uint8Array = new Uint8Array();
  let order: Uint32Array = new Uint32Array();
  let inOrder: Float32Array = new Float32Array();
  let colors: ParsedColors | undefined;
  let isUntouched = true;

  gl.bindVertexArray(vertices);
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  gl.clearColor(0, 0, 0, 0);
  for (let location = 0; location < 4; location++) gl.enableVertexAttribArray(location);

  const upload = (buffer: WebGLBuffer | undefined, array: Uint8Array | Float32Array) => {
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer!);
    gl.bufferData(gl.ARRAY_BUFFER, array, gl.DYNAMIC_DRAW);
  };
  const update = (places: Float32Array) => {
    const buffer = buffers.get(places) ?? gl.createBuffer();
    buffers.set(places, buffer);
    for (let i = 0; i < order.length; i++) {
      const row = order[i]!;
      inOrder[2 * i] = places[2 * row]!;
      inOrder[2 * i + 1] = places[2 * row + 1]!;
    }
    upload(buffer, inOrder);
  };
  const bindPlaces = (location: number, places: Float32Array) => {
    if (!buffers.has(places)) update(places);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffers.get(places)!);
    gl.vertexAttribPointer(location, 2, gl.FLOAT, false, 0, 0);
  };
  /** Bytes that are not those of the points any more: sent with the next frame, however often they have changed until then. */
  const stale = new Set<2 | 3>();
  const uploadBytes = (location: 2 | 3, colors: ParsedColors) => {
    const [buffer, palette, fourth] =
      location === 2 ? [fills, colors.fills, category] : [rims, colors.rims, state];
    upload(buffer, spread({ order, category, palette, none: colors.faint, fourth }));
    gl.vertexAttribPointer(location, 4, gl.UNSIGNED_BYTE, true, 0, 0);
  };
  const dropBuffers = () => {
    for (const buffer of buffers.values()) gl.deleteBuffer(buffer);
    buffers.clear();
  };

  return {
    kind: 'webgl',
    canvas,
    setPoints(newCategory, newState, newOrder) {
      // Other points have other arrays of places.
      dropBuffers();
      category = newCategory;
      order = newOrder;
      inOrder = new Float32Array(2 * order.length);
      stale.add(2);
      this.setStates(newState);
    },
    setStates(newState) {
      state = newState;
      stale.add(3);
    },
    update,
    setColors(newColors) {
      colors = newColors;
      stale.add(2).add(3);
    },
    draw(frame: Frame) {
      const { width, height, density, scale, diameter, isolated } = frame;
      // What is empty as it came is not cleared: the page would wait for a driver that is busy with other maps.
      isUntouched &&= frame.count === 0;
      if (isUntouched) return;
      resizeCanvas(canvas, width * density, height * density);
      gl.viewport(0, 0, canvas.width, canvas.height);
      gl.clear(gl.COLOR_BUFFER_BIT);
      if (frame.count === 0 || !colors) return;
      for (const location of stale) uploadBytes(location, colors);
      stale.clear();
      bindPlaces(0, frame.from);
      bindPlaces(1, frame.to);
      const { program, uniforms } = diameter < RIMMED_FROM ? plain : rimmed;
      gl.useProgram(program);
      gl.uniform1f(uniforms.share, frame.share);
      gl.uniform2f(uniforms.middle, frame.x, frame.y);
      gl.uniform2f(uniforms.clipPerUnit, (2 * scale) / width, (2 * scale) / height);
      gl.uniform1f(uniforms.diameter, diameter * density);
      gl.uniform1f(uniforms.rimWidth, RIM * density);
      gl.uniform1f(uniforms.alpha, frame.alpha);
      gl.uniform3fv(uniforms.faint, unit(colors.faint));
      gl.uniform3fv(uniforms.pinRim, unit(colors.ground));
      gl.uniform1f(uniforms.pin, frame.pin);
      gl.uniform1f(uniforms.isolated, isolated ?? -1);
      gl.uniform1i(uniforms.hasSelection, Number(frame.hasSelection));
      for (const pass of passesOf(frame)) {
        gl.uniform1i(uniforms.isPassOfMeant, Number(pass === 'meant'));
        gl.drawArrays(gl.POINTS, 0, frame.count);
      }
    },
    destroy() {
      dropBuffers();
      for (const buffer of [fills, rims]) gl.deleteBuffer(buffer!);
      gl.deleteVertexArray(vertices);
      for (const { program } of [plain, rimmed]) gl.deleteProgram(program);
      // A page has about 16 contexts: one that is not given back takes another map's away.
      gl.getExtension('WEBGL_lose_context')?.loseContext();
    },
  };
}

interface SpreadOptions {
  readonly order: Uint32Array;
  readonly category: Uint8Array;
  readonly palette: readonly Rgb[];
  /** The colour of points without a class. */
  readonly none: Rgb;
  /** What rides along, by rows. */
  readonly fourth: Uint8Array;
}

/** Of each point, in the order of drawing, its class's colour and a byte: GPUs read four faster than three. */
function spread({ order, category, palette, none, fourth }: SpreadOptions): Uint8Array {
  const bytes = new Uint8Array(4 * order.length);
  // By single bytes: to copy three at a time takes ten times as long.
  const colors = Uint8Array.from({ length: 3 * 256 }, (_, i) => (palette[Math.floor(i / 3)] ?? none)[i % 3]!);
  for (let i = 0; i < order.length; i++) {
    const row = order[i]!;
    const from = 3 * category[row]!;
    bytes[4 * i] = colors[from]!;
    bytes[4 * i + 1] = colors[from + 1]!;
    bytes[4 * i + 2] = colors[from + 2]!;
    bytes[4 * i + 3] = fourth[row]!;
  }
  return bytes;
}

function unit(color: Rgb): Float32Array {
  return Float32Array.from(color, (value) => value / 255);
}
