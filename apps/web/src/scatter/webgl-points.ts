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
// What processors that play GPU find slow is left out: colours are looked up by whoever uploads, and no pixel is discarded.
const VERTEX = `#version 300 es
precision highp float;
layout(location = 0) in vec2 placeFrom;
layout(location = 1) in vec2 placeTo;
layout(location = 2) in uint category;
layout(location = 3) in uint state;
layout(location = 4) in vec3 fillColor;
layout(location = 5) in vec3 rimColor;
uniform float share;
uniform vec2 middle;
uniform vec2 clipPerUnit;
uniform float diameter;
uniform float alpha;
uniform vec3 faint;
uniform vec3 pinRim;
uniform float pin;
uniform int isolated;
uniform bool hasSelection;
uniform bool isPassOfMeant;
flat out vec4 fill;
flat out vec4 rim;
flat out float radius;
void main() {
  bool isMeant = (isolated < 0 || isolated == int(category)) && (!hasSelection || state == ${POINT.selected}u);
  vec2 place = mix(placeFrom, placeTo, share);
  // Behind the far side: what this pass does not draw, and what has no place (a comparison with NaN is false).
  bool isDrawn = isMeant == isPassOfMeant && state != ${POINT.hidden}u && abs(place.x) + abs(place.y) < 1e30;
  gl_Position = isDrawn ? vec4((place - middle) * clipPerUnit, 0.0, 1.0) : vec4(0.0, 0.0, 2.0, 1.0);
  bool isSelected = state == ${POINT.selected}u;
  float size = isSelected ? diameter * ${SELECTED_SIZE} : diameter;
  radius = 0.5 * size;
  gl_PointSize = size + 1.0;
  float opacity = isMeant ? (isSelected ? 1.0 : alpha) : min(alpha, ${OTHERS_ALPHA});
  fill = vec4(isMeant ? fillColor : faint, opacity);
  // A rim is what a pale dot is told from the ground by: it lets nothing through.
  rim = isMeant ? vec4(mix(rimColor, pinRim, pin), 1.0) : vec4(faint, opacity);
}`;

const FRAGMENT = `#version 300 es
precision highp float;
flat in vec4 fill;
flat in vec4 rim;
flat in float radius;
uniform float rimWidth;
out vec4 color;
void main() {
  float away = length(gl_PointCoord - 0.5) * (2.0 * radius + 1.0);
  float inRim = rimWidth > 0.0 ? clamp(away - radius + rimWidth + 0.5, 0.0, 1.0) : 0.0;
  vec4 mixed = mix(fill, rim, inRim);
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
  const program = gl && link(gl);
  if (!program) return undefined;
  const uniforms = Object.fromEntries(
    UNIFORMS.map((name) => [name, gl.getUniformLocation(program, name)]),
  ) as Record<(typeof UNIFORMS)[number], WebGLUniformLocation | null>;
  const vertices = gl.createVertexArray();
  const [categories, states, fills, rims, order] = Array.from({ length: 5 }, () => gl.createBuffer());
  /** Two at a time: the motion's. */
  const buffers = new Map<Float32Array, WebGLBuffer>();
  let category: Uint8Array = new Uint8Array();
  let colors: ParsedColors | undefined;

  gl.useProgram(program);
  gl.bindVertexArray(vertices);
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  gl.clearColor(0, 0, 0, 0);
  for (let location = 0; location < 6; location++) gl.enableVertexAttribArray(location);

  const upload = (buffer: WebGLBuffer | undefined, array: Uint8Array | Float32Array) => {
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer!);
    gl.bufferData(gl.ARRAY_BUFFER, array, gl.DYNAMIC_DRAW);
  };
  const update = (places: Float32Array) => {
    const buffer = buffers.get(places) ?? gl.createBuffer();
    buffers.set(places, buffer);
    upload(buffer, places);
  };
  const bindPlaces = (location: number, places: Float32Array) => {
    if (!buffers.has(places)) update(places);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffers.get(places)!);
    gl.vertexAttribPointer(location, 2, gl.FLOAT, false, 0, 0);
  };
  const uploadColors = () => {
    if (!colors) return;
    for (const [location, buffer, palette] of [
      [4, fills, colors.fills],
      [5, rims, colors.rims],
    ] as const) {
      upload(buffer, spread(category, palette, colors.faint));
      gl.vertexAttribPointer(location, 3, gl.UNSIGNED_BYTE, true, 4, 0);
    }
    gl.uniform3fv(uniforms.faint, unit(colors.faint));
    gl.uniform3fv(uniforms.pinRim, unit(colors.ground));
  };
  const dropBuffers = () => {
    for (const buffer of buffers.values()) gl.deleteBuffer(buffer);
    buffers.clear();
  };

  return {
    kind: 'webgl',
    canvas,
    setPoints(newCategory, state, newOrder) {
      // Other points have other arrays of places.
      dropBuffers();
      category = newCategory;
      upload(categories, category);
      gl.vertexAttribIPointer(2, 1, gl.UNSIGNED_BYTE, 0, 0);
      gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, order!);
      gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, newOrder, gl.STATIC_DRAW);
      uploadColors();
      this.setStates(state);
    },
    setStates(state) {
      upload(states, state);
      gl.vertexAttribIPointer(3, 1, gl.UNSIGNED_BYTE, 0, 0);
    },
    update,
    setColors(newColors) {
      colors = newColors;
      uploadColors();
    },
    draw(frame: Frame) {
      const { width, height, density, scale, diameter, isolated } = frame;
      resizeCanvas(canvas, width * density, height * density);
      gl.viewport(0, 0, canvas.width, canvas.height);
      gl.clear(gl.COLOR_BUFFER_BIT);
      if (frame.count === 0) return;
      bindPlaces(0, frame.from);
      bindPlaces(1, frame.to);
      gl.uniform1f(uniforms.share, frame.share);
      gl.uniform2f(uniforms.middle, frame.x, frame.y);
      gl.uniform2f(uniforms.clipPerUnit, (2 * scale) / width, (2 * scale) / height);
      gl.uniform1f(uniforms.diameter, diameter * density);
      gl.uniform1f(uniforms.rimWidth, diameter < RIMMED_FROM ? 0 : RIM * density);
      gl.uniform1f(uniforms.alpha, frame.alpha);
      gl.uniform1f(uniforms.pin, frame.pin);
      gl.uniform1i(uniforms.isolated, isolated ?? -1);
      gl.uniform1i(uniforms.hasSelection, Number(frame.hasSelection));
      for (const pass of passesOf(frame)) {
        gl.uniform1i(uniforms.isPassOfMeant, Number(pass === 'meant'));
        gl.drawElements(gl.POINTS, frame.count, gl.UNSIGNED_INT, 0);
      }
    },
    destroy() {
      dropBuffers();
      for (const buffer of [categories, states, fills, rims, order]) gl.deleteBuffer(buffer!);
      gl.deleteVertexArray(vertices);
      gl.deleteProgram(program);
      // A page has about 16 contexts: one that is not given back takes another map's away.
      gl.getExtension('WEBGL_lose_context')?.loseContext();
    },
  };
}

/** The colour of each point's class, four bytes apart, which GPUs read faster than three. */
function spread(category: Uint8Array, palette: readonly Rgb[], none: Rgb): Uint8Array {
  const bytes = new Uint8Array(4 * category.length);
  for (let row = 0; row < category.length; row++) bytes.set(palette[category[row]!] ?? none, 4 * row);
  return bytes;
}

function unit(color: Rgb): Float32Array {
  return Float32Array.from(color, (value) => value / 255);
}

/** The program, or `undefined` where the driver refuses it or the context is lost meanwhile. */
function link(gl: WebGL2RenderingContext): WebGLProgram | undefined {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(type);
    if (!shader) return undefined;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    gl.deleteShader(shader);
  }
  gl.linkProgram(program);
  return gl.getProgramParameter(program, gl.LINK_STATUS) ? program : undefined;
}
