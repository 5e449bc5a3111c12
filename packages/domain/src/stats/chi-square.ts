import { logGamma } from './quantiles.ts';

/**
 * Probability that a chi-square value of `df` degrees of freedom exceeds `x`: the regularised upper incomplete gamma
 * function, by its series below and its continued fraction (DLMF 8.9.2, modified Lentz) above the mean.
 */
export function chiSquareTail(x: number, df: number): number {
  if (!(df > 0)) throw new RangeError('degrees of freedom are above 0');
  if (!(x > 0)) return 1;
  const [a, half] = [df / 2, x / 2];
  const height = Math.exp(a * Math.log(half) - half - logGamma(a));
  if (half < a + 1) {
    let [term, sum] = [1 / a, 1 / a];
    for (let n = 1; term > 1e-17 * sum; n++) {
      term *= half / (a + n);
      sum += term;
    }
    return Math.max(0, 1 - height * sum);
  }
  let b = half + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < 10_000; n++) {
    const coefficient = -n * (n - a);
    b += 2;
    d = 1 / (coefficient * d + b);
    c = b + coefficient / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return height * fraction;
}
