import { POINT } from './points.ts';
import { OTHERS_ALPHA, SELECTED_SIZE } from './renderer.ts';

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

/** A program with what it can be told. */
export interface PointProgram {
  readonly program: WebGLProgram;
  /** `null` where a program has no use for one. */
  readonly uniforms: Record<(typeof UNIFORMS)[number], WebGLUniformLocation | null>;
}

/** What draws dots, and dots with rims. */
export interface PointPrograms {
  readonly plain: PointProgram;
  readonly rimmed: PointProgram;
}

/** Programs that the driver is at work on. */
export type AskedPrograms = readonly (WebGLProgram | undefined)[];

/** Asks for both programs before either is waited for. */
export const askForPrograms = (gl: WebGL2RenderingContext): AskedPrograms =>
  ['', '#define RIMMED'].map((define) => compile(gl, define));

/** The programs asked for, which waits for the driver; `undefined` where it refuses them, or the context is lost meanwhile. */
export function linkPrograms(gl: WebGL2RenderingContext, asked: AskedPrograms): PointPrograms | undefined {
  const [plain, rimmed] = asked.map((program) => program && link(gl, program));
  return plain && rimmed && { plain, rimmed };
}

/**
 * Draws a dot by each program where nobody sees it: a driver makes its code of a program when something is first drawn by it. Leaves the
 * attributes and what is bound for the points to say anew.
 */
export function draftPrograms(gl: WebGL2RenderingContext, { plain, rimmed }: PointPrograms): void {
  const buffer = gl.createBuffer();
  const pixel = gl.createRenderbuffer();
  const aside = gl.createFramebuffer();
  gl.bindRenderbuffer(gl.RENDERBUFFER, pixel);
  gl.renderbufferStorage(gl.RENDERBUFFER, gl.RGBA8, 1, 1);
  gl.bindFramebuffer(gl.FRAMEBUFFER, aside);
  gl.framebufferRenderbuffer(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.RENDERBUFFER, pixel);
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  gl.bufferData(gl.ARRAY_BUFFER, 8, gl.STATIC_DRAW);
  for (let location = 0; location < 4; location++) {
    gl.enableVertexAttribArray(location);
    if (location < 2) gl.vertexAttribPointer(location, 2, gl.FLOAT, false, 0, 0);
    else gl.vertexAttribPointer(location, 4, gl.UNSIGNED_BYTE, true, 0, 0);
  }
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  for (const { program, uniforms } of [plain, rimmed]) {
    gl.useProgram(program);
    gl.uniform1i(uniforms.isPassOfMeant, 1);
    gl.drawArrays(gl.POINTS, 0, 1);
  }
  gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  gl.deleteFramebuffer(aside);
  gl.deleteRenderbuffer(pixel);
  gl.deleteBuffer(buffer);
}

/** A program under way, or `undefined` where the context is lost meanwhile. */
function compile(gl: WebGL2RenderingContext, define: string): WebGLProgram | undefined {
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
  return program;
}

function link(gl: WebGL2RenderingContext, program: WebGLProgram): PointProgram | undefined {
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) return undefined;
  const uniforms = Object.fromEntries(
    UNIFORMS.map((name) => [name, gl.getUniformLocation(program, name)]),
  ) as PointProgram['uniforms'];
  return { program, uniforms };
}
