/** The kinds of sight: normal, and without one of the three kinds of cones. */
export type Sight = 'normal' | 'deutan' | 'protan' | 'tritan';

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

// Machado, Oliveira & Fernandes (2009), table 1, severity 1: of linear sRGB.
const MACHADO: Readonly<Record<Exclude<Sight, 'normal'>, Matrix>> = {
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

// IEC 61966-2-1: linear sRGB to CIE XYZ under D65.
const TO_XYZ: Matrix = [
  [0.4124, 0.3576, 0.1805],
  [0.2126, 0.7152, 0.0722],
  [0.0193, 0.1192, 0.9505],
];
const WHITE: Triple = [0.3127 / 0.329, 1, (1 - 0.3127 - 0.329) / 0.329];

function times(matrix: Matrix, [a, b, c]: Triple): Triple {
  return matrix.map(([x, y, z]) => x * a + y * b + z * c) as unknown as Triple;
}

function linear(hex: string): Triple {
  return [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as unknown as Triple;
}

/** Contrast of two colours by WCAG 2: 1 to 21. */
export function contrast(one: string, other: string): number {
  const [light, dark] = [one, other].map((hex) => times(TO_XYZ, linear(hex))[1] + 0.05).sort((a, b) => b - a);
  return light! / dark!;
}

/** A colour in CIELAB, as somebody with that sight sees it. */
export function seen(hex: string, sight: Sight): Triple {
  const light = linear(hex);
  const left = sight === 'normal' ? light : times(MACHADO[sight], light);
  const xyz = times(TO_XYZ, left.map((value) => Math.min(1, Math.max(0, value))) as unknown as Triple);
  const [x, y, z] = xyz.map((value, i) => {
    const ratio = value / WHITE[i]!;
    return ratio > 216 / 24389 ? Math.cbrt(ratio) : ((24389 / 27) * ratio + 16) / 116;
  }) as unknown as Triple;
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/**
 * CIEDE2000: about 1 is just seen side by side.
 *
 * @see Sharma, Wu & Dalal: "The CIEDE2000 Color-Difference Formula" (2005)
 */
export function difference([l1, a1, b1]: Triple, [l2, a2, b2]: Triple): number {
  const radians = Math.PI / 180;
  const meanC = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
  const g = 0.5 * (1 - Math.sqrt(meanC ** 7 / (meanC ** 7 + 25 ** 7)));
  const [c1, c2] = [Math.hypot((1 + g) * a1, b1), Math.hypot((1 + g) * a2, b2)];
  const hueOf = (a: number, b: number) =>
    a === 0 && b === 0 ? 0 : (Math.atan2(b, (1 + g) * a) / radians + 360) % 360;
  const [h1, h2] = [hueOf(a1, b1), hueOf(a2, b2)];
  const grey = c1 * c2 === 0;
  const turn = h2 - h1 - (Math.abs(h2 - h1) <= 180 ? 0 : 360 * Math.sign(h2 - h1));
  const deltaH = grey ? 0 : 2 * Math.sqrt(c1 * c2) * Math.sin((turn * radians) / 2);
  const across = Math.abs(h1 - h2) > 180 ? (h1 + h2 < 360 ? 360 : -360) : 0;
  const h = grey ? h1 + h2 : (h1 + h2 + across) / 2;
  const [l, c] = [(l1 + l2) / 2, (c1 + c2) / 2];
  const cosine = (degrees: number) => Math.cos(degrees * radians);
  const t =
    1 - 0.17 * cosine(h - 30) + 0.24 * cosine(2 * h) + 0.32 * cosine(3 * h + 6) - 0.2 * cosine(4 * h - 63);
  const sl = 1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2);
  const sc = 1 + 0.045 * c;
  const sh = 1 + 0.015 * c * t;
  const rotation =
    -2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7)) * Math.sin(60 * Math.exp(-(((h - 275) / 25) ** 2)) * radians);
  const [dl, dc, dh] = [(l2 - l1) / sl, (c2 - c1) / sc, deltaH / sh];
  return Math.sqrt(dl ** 2 + dc ** 2 + dh ** 2 + rotation * dc * dh);
}
