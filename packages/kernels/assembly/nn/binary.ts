import { loadLanes, storeLanes } from './lanes';

// What `binary` does. The numbers are the ABI: src/nn/elementwise.ts holds the same table.
const ADD: i32 = 0;
const SUB: i32 = 1;
const MUL: i32 = 2;
const DIV: i32 = 3;
const MAXIMUM: i32 = 4;
const MINIMUM: i32 = 5;
const SQUARED_DIFFERENCE: i32 = 6;

/** `operation(a, b)` lane by lane; maximum and minimum are NaN if either is, and order -0 before 0. */
@inline
function combine(operation: i32, a: v128, b: v128): v128 {
  if (operation == ADD) return f32x4.add(a, b);
  if (operation == SUB) return f32x4.sub(a, b);
  if (operation == MUL) return f32x4.mul(a, b);
  if (operation == DIV) return f32x4.div(a, b);
  if (operation == MAXIMUM) return f32x4.max(a, b);
  if (operation == MINIMUM) return f32x4.min(a, b);
  const difference = f32x4.sub(a, b);
  return f32x4.mul(difference, difference);
}

/** A row whose operands are each a run of numbers or one number; inlined, so that all but the sizes are constants. */
@inline
function combineRow(operation: i32, count: i32, a: usize, aRun: bool, b: usize, bRun: bool, y: usize): void {
  const oneA = aRun ? f32x4.splat(0) : v128.load32_splat(a);
  const oneB = bRun ? f32x4.splat(0) : v128.load32_splat(b);
  for (; count >= 8; count -= 8) {
    const low = combine(operation, aRun ? v128.load(a) : oneA, bRun ? v128.load(b) : oneB);
    const high = combine(operation, aRun ? v128.load(a, 16) : oneA, bRun ? v128.load(b, 16) : oneB);
    v128.store(y, low);
    v128.store(y, high, 16);
    if (aRun) a += 32;
    if (bRun) b += 32;
    y += 32;
  }
  for (; count > 0; count -= 4) {
    const left = aRun ? loadLanes(a, count) : oneA;
    const right = bRun ? loadLanes(b, count) : oneB;
    storeLanes(y, combine(operation, left, right), count);
    if (aRun) a += 16;
    if (bRun) b += 16;
    y += 16;
  }
}

/** Inlined, so that `operation` is a constant in each loop. */
@inline
function combineRows(
  operation: i32, outer: i32, inner: i32,
  a: usize, aStep: usize, aRun: bool, b: usize, bStep: usize, bRun: bool, y: usize,
): void {
  const yStep = <usize>inner << 2;
  for (; outer > 0; outer--) {
    if (aRun) {
      if (bRun) combineRow(operation, inner, a, true, b, true, y);
      else combineRow(operation, inner, a, true, b, false, y);
    } else {
      if (bRun) combineRow(operation, inner, a, false, b, true, y);
      else combineRow(operation, inner, a, false, b, false, y);
    }
    a += aStep;
    b += bStep;
    y += yStep;
  }
}

/** Whether rows of an operand follow each other without a gap, or are all the same number. */
@inline
function isOneRow(inner: i32, outerStride: i32, innerStride: i32): bool {
  return outerStride == inner * innerStride;
}

/**
 * `y[i, j, k] = operation(a[i, j, k], b[i, j, k])`, y dense, [outer, middle, inner]. Element (i, j, k) of an operand is
 * number `i * Outer + j * Middle + k * Inner` from its pointer; Inner is 0 or 1. y may be an operand that has y's layout.
 */
export function binary(
  operation: i32, outer: i32, middle: i32, inner: i32,
  a: usize, aOuter: i32, aMiddle: i32, aInner: i32, b: usize, bOuter: i32, bMiddle: i32, bInner: i32, y: usize,
): void {
  const yStep = <usize>(middle * inner) << 2;
  for (; outer > 0; outer--) {
    combineBlock(operation, middle, inner, a, aMiddle, aInner, b, bMiddle, bInner, y);
    a += <usize>aOuter << 2;
    b += <usize>bOuter << 2;
    y += yStep;
  }
}

function combineBlock(
  operation: i32, outer: i32, inner: i32,
  a: usize, aOuter: i32, aInner: i32, b: usize, bOuter: i32, bInner: i32, y: usize,
): void {
  if (outer <= 0 || inner <= 0) return;
  if (inner == 1) {
    // A column: its inner strides mean nothing, and its outer ones are those of a row if they are 0 or 1.
    aInner = aOuter;
    bInner = bOuter;
    if (<u32>aOuter <= 1 && <u32>bOuter <= 1) {
      inner = outer;
      outer = 1;
    }
  } else if (isOneRow(inner, aOuter, aInner) && isOneRow(inner, bOuter, bInner)) {
    inner *= outer;
    outer = 1;
  }
  const aStep = <usize>aOuter << 2;
  const bStep = <usize>bOuter << 2;
  const aRun = aInner != 0;
  const bRun = bInner != 0;
  switch (operation) {
    case ADD: combineRows(ADD, outer, inner, a, aStep, aRun, b, bStep, bRun, y); break;
    case SUB: combineRows(SUB, outer, inner, a, aStep, aRun, b, bStep, bRun, y); break;
    case MUL: combineRows(MUL, outer, inner, a, aStep, aRun, b, bStep, bRun, y); break;
    case DIV: combineRows(DIV, outer, inner, a, aStep, aRun, b, bStep, bRun, y); break;
    case MAXIMUM: combineRows(MAXIMUM, outer, inner, a, aStep, aRun, b, bStep, bRun, y); break;
    case MINIMUM: combineRows(MINIMUM, outer, inner, a, aStep, aRun, b, bStep, bRun, y); break;
    case SQUARED_DIFFERENCE:
      combineRows(SQUARED_DIFFERENCE, outer, inner, a, aStep, aRun, b, bStep, bRun, y); break;
  }
}
