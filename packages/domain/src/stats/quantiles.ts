/**
 * Quantile of the standard normal distribution. Wichura, "Algorithm AS 241: The percentage points of the normal
 * distribution", Applied Statistics 37 (1988), routine PPND16; about 16 digits.
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError('a probability lies between 0 and 1');
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(r, A)) / polynomial(r, B);
  }
  const tail = Math.sqrt(-Math.log(Math.min(p, 1 - p)));
  const z =
    tail <= 5
      ? polynomial(tail - 1.6, C) / polynomial(tail - 1.6, D)
      : polynomial(tail - 5, E) / polynomial(tail - 5, F);
  return q < 0 ? -z : z;
}

/**
 * Probability that a standard normal value exceeds `z`, exact far out too: the series of Abramowitz and Stegun 26.2.11
 * near the middle, Laplace's continued fraction (26.2.14) beyond.
 */
export function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z);
  const height = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z < 2.5) {
    let [term, sum] = [z, z];
    for (let k = 3; term > 1e-17 * sum; k += 2) {
      term *= (z * z) / k;
      sum += term;
    }
    return 0.5 - height * sum;
  }
  let fraction = z;
  for (let k = 120; k >= 1; k--) fraction = z + k / fraction;
  return height / fraction;
}

/** Probability that a t of `df` degrees of freedom is at most `t`. `df` need not be whole. */
export function tCdf(t: number, df: number): number {
  const tail = incompleteBeta(df / 2, 0.5, df / (df + t * t)) / 2;
  return t > 0 ? 1 - tail : tail;
}

/**
 * Quantile of Student's t. `df` need not be whole; from a million on the normal's is taken. Cornish and Fisher's
 * expansion (Abramowitz and Stegun 26.7.5) made exact by Newton's method on the distribution function.
 */
export function tQuantile(p: number, df: number): number {
  if (!(df > 0)) throw new RangeError('degrees of freedom are above 0');
  if (df > 1e6) return normalQuantile(p);
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  const t = df >= 3 ? newton(cornishFisher(-normalQuantile(tail), df), tail, df) : undefined;
  const exact = t ?? halved(tail, df);
  return p < 0.5 ? -exact : exact;
}

function cornishFisher(z: number, df: number): number {
  const q = z * z;
  return (
    z +
    (z * (q + 1)) / (4 * df) +
    (z * (5 * q * q + 16 * q + 3)) / (96 * df ** 2) +
    (z * (3 * q ** 3 + 19 * q * q + 17 * q - 15)) / (384 * df ** 3)
  );
}

/** From a good start; undefined where it does not settle. */
function newton(start: number, tail: number, df: number): number | undefined {
  let t = start;
  for (let i = 0; i < 8; i++) {
    const step = (upperTail(t, df) - tail) / density(t, df);
    t += step;
    if (!(t > 0)) return undefined;
    if (Math.abs(step) < 1e-9 * t) return t;
  }
  return undefined;
}

/** Bracketed, then halved: slow, and sure for any df. */
function halved(tail: number, df: number): number {
  let [low, high] = [0, 1];
  while (upperTail(high, df) > tail) [low, high] = [high, high * 2];
  for (let i = 0; i < 200 && high - low > 1e-13 * high; i++) {
    const middle = (low + high) / 2;
    if (upperTail(middle, df) > tail) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function upperTail(t: number, df: number): number {
  return incompleteBeta(df / 2, 0.5, df / (df + t * t)) / 2;
}

function density(t: number, df: number): number {
  return Math.exp(
    logGamma((df + 1) / 2) -
      logGamma(df / 2) -
      0.5 * Math.log(df * Math.PI) -
      ((df + 1) / 2) * Math.log1p((t * t) / df),
  );
}

/** Regularised incomplete beta function I_x(a, b), by its continued fraction (DLMF 8.17.22, modified Lentz). */
export function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(b, a, 1 - x);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  let [c, d] = [1, lentz(1 - ((a + b) * x) / (a + 1))];
  let fraction = d;
  for (let m = 1; m <= 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = lentz(1 + even * d);
    c = 1 + even / c;
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = lentz(1 + odd * d);
    c = 1 + odd / c;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return (front * fraction) / a;
}

function lentz(x: number): number {
  return 1 / (Math.abs(x) < 1e-300 ? 1e-300 : x);
}

/** Logarithm of the gamma function for x > 0 (Lanczos, g = 7, nine terms; Godfrey's coefficients). */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const z = x - 1;
  const sum = LANCZOS.reduce((total, coefficient, i) => total + coefficient / (z + i + 1), 0.9999999999998099);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

function polynomial(x: number, coefficients: readonly number[]): number {
  return coefficients.reduceRight((total, c) => total * x + c, 0);
}

const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 0.000009984369578019572, 1.5056327351493116e-7,
];
const A = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
  33430.57558358813, 2509.0809287301227,
];
const B = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943,
  5226.495278852546,
];
const C = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506,
  0.022723844989269184, 0.0007745450142783414,
];
const D = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
];
const E = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 0.000027115555687434876, 2.0103343992922881e-7,
];
const F = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 0.000018463183175100548,
  1.421511758316446e-7, 2.0442631033899397e-15,
];
