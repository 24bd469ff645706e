import type { ParsedColors, Rgb } from './colors.ts';
import { POINT } from './points.ts';
import {
  type Frame,
  OTHERS_ALPHA,
  type PointRenderer,
  passesOf,
  RIM,
  RIMMED_FROM,
  SELECTED_SIZE,
} from './renderer.ts';
import { resizeCanvas } from './resize-canvas.ts';

// A point's place is mixed from two buffers here, so that a new map is one upload and the frames until the next cost none.
// What processors that play GPU find slow is left out: buffers lie in the order in which they are drawn, a point's class and state ride
// in the fourth bytes of its colours, dots without rims know of none, and no pixel is discarded.
const VERTEX = `
layout(location = 0) in vec2 placeFrom;
layout(location = 1) in vec2 placeTo;
layout(location = 2) in vec4 fillAndCategory;
layout(location = 3) in vec4 rimAndState;
uniform float share;
uniform vec2 middle;
uniform vec2 clipPerUnit;
uniform float diameter;
uniform float alpha;
uniform vec3 faint;
uniform vec3 pinRim;
uniform float pin;
uniform float isolated;
uniform bool hasSelection;
uniform bool isPassOfMeant;
flat out vec4 fill;
flat out float radius;
#ifdef RIMMED
flat out vec4 rim;
#endif
void main() {
  float category = round(255.0 * fillAndCategory.a);
  float state = round(255.0 * rimAndState.a);
  bool isSelected = state == ${POINT.selected}.0;
  bool isMeant = (isolated < 0.0 || isolated == category) && (!hasSelection || isSelected);
  vec2 place = mix(placeFrom, placeTo, share);
  // Behind the far side: what this pass does not draw, and what has no place (a comparison with NaN is false).
  bool isDrawn = isMeant == isPassOfMeant && state != ${POINT.hidden}.0 && abs(place.x) + abs(place.y) < 1e30;
  gl_Position = isDrawn ? vec4((place - middle) * clipPerUnit, 0.0, 1.0) : vec4(0.0, 0.0, 2.0, 1.0);
  float size = isSelected ? diameter * ${SELECTED_SIZE} : diameter;
  radius = 0.5 * size;
  gl_PointSize = size + 1.0;
  float opacity = isMeant ? (isSelected ? 1.0 : alpha) : min(alpha, ${OTHERS_ALPHA});
  fill = vec4(isMeant ? fillAndCategory.rgb : faint, opacity);
#ifdef RIMMED
  // A rim is what a pale dot is told from the ground by: it lets nothing through.
  rim = isMeant ? vec4(mix(rimAndState.rgb, pinRim, pin), 1.0) : vec4(faint, opacity);
#endif
}`;

const FRAGMENT = `
flat in vec4 fill;
flat in float radius;
#ifdef RIMMED
flat in vec4 rim;
uniform float rimWidth;
#endif
out vec4 color;
void main() {
  float away = length(gl_PointCoord - 0.5) * (2.0 * radius + 1.0);
#ifdef RIMMED
  vec4 mixed = mix(fill, rim, clamp(away - radius + rimWidth + 0.5, 0.0, 1.0));
#else
  vec4 mixed = fill;
#endif
  float opacity = mixed.a * clamp(radius + 0.5 - away, 0.0, 1.0);
  color = vec4(mixed.rgb * opacity, opacity);
}`;

const UNIFORMS = [
  ...['share', 'middle', 'clipPerUnit', 'diameter', 'alpha', 'faint', 'pinRim', 'pin'],
  ...['isolated', 'hasSelection', 'isPassOfMeant', 'rimWidth'],
] as const;

/** Points by WebGL2, or `undefined` where there is none: without a GPU, browsers have stopped pretending to have one. */
export function createWebglPoints(): PointRenderer | undefined {
  const canvas = document.createElement('canvas');
  const gl = canvas.getContext('webgl2', { antialias: false, depth: false, premultipliedAlpha: true });
  const plain = gl && link(gl, '');
  const rimmed = gl && link(gl, '#define RIMMED');
  if (!plain || !rimmed) return undefined;
  const vertices = gl.createVertexArray();
  const [fills, rims] = Array.from({ length: 2 }, () => gl.createBuffer());
  /** Two at a time: the motion's. */
  const buffers = new Map<Float32Array, WebGLBuffer>();
  let category: Uint8Array = new Uint8Array();
  let state: Uint8Array = new Uint8Array();
  let order: Uint32Array = new Uint32Array();
  let inOrder: Float32Array = new Float32Array();
  let colors: ParsedColors | undefined;

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

interface Linked {
  readonly program: WebGLProgram;
  /** `null` where a program has no use for one. */
  readonly uniforms: Record<(typeof UNIFORMS)[number], WebGLUniformLocation | null>;
}

/** The program, or `undefined` where the driver refuses it or the context is lost meanwhile. */
function link(gl: WebGL2RenderingContext, define: string): Linked | undefined {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(type);
    if (!shader) return undefined;
    gl.shaderSource(shader, `#version 300 es\n${define}\nprecision highp float;${source}`);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    gl.deleteShader(shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) return undefined;
  const uniforms = Object.fromEntries(
    UNIFORMS.map((name) => [name, gl.getUniformLocation(program, name)]),
  ) as Linked['uniforms'];
  return { program, uniforms };
}
