/**
 * Distribution functions that intervals and tests need: normal, chi-square, Student's t, beta. Pure, in double
 * precision, each from a published algorithm; the reference numbers hold them to R.
 */

/** Coefficients of Lanczos' approximation with g = 7 and nine terms (Godfrey 2001): error below 1e-15. */
const LANCZOS: readonly number[] = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** Natural logarithm of the gamma function, for x above 0. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const shifted = x - 1;
  const base = shifted + 7.5;
  let sum = LANCZOS[0] ?? 0;
  for (let i = 1; i < LANCZOS.length; i += 1) sum += (LANCZOS[i] ?? 0) / (shifted + i);
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(base) - base + Math.log(sum);
}

/** First derivative of `logGamma`: recurrence to 10, then the asymptotic series (Abramowitz and Stegun 6.3.18). */
export function digamma(x: number): number {
  let at = x;
  let value = 0;
  for (; at < 10; at += 1) value -= 1 / at;
  const inverse = 1 / (at * at);
  const series =
    inverse * (1 / 12 - inverse * (1 / 120 - inverse * (1 / 252 - inverse * (1 / 240 - inverse / 132))));
  return value + Math.log(at) - 0.5 / at - series;
}

/** Second derivative of `logGamma` (Abramowitz and Stegun 6.4.12). */
export function trigamma(x: number): number {
  let at = x;
  let value = 0;
  for (; at < 10; at += 1) value += 1 / (at * at);
  const inverse = 1 / (at * at);
  const series =
    inverse * (1 / 6 - inverse * (1 / 30 - inverse * (1 / 42 - inverse * (1 / 30 - (inverse * 5) / 66))));
  return value + 1 / at + 0.5 * inverse + series / at;
}

const SMALLEST = 1e-300;
const PRECISE = 1e-16;
const MOST_TERMS = 10_000;

/**
 * Share of a gamma distribution of shape `a` below x, and above it: series below a + 1, Lentz's continued fraction
 * above (Press and others, Numerical Recipes, 6.2).
 */
export function gammaShares(a: number, x: number): { below: number; above: number } {
  if (x <= 0) return { below: 0, above: 1 };
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < MOST_TERMS && Math.abs(term) > Math.abs(sum) * PRECISE; n += 1) {
      term *= x / (a + n);
      sum += term;
    }
    return { below: sum * front, above: 1 - sum * front };
  }
  let b = x + 1 - a;
  let c = 1 / SMALLEST;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < MOST_TERMS; n += 1) {
    const term = -n * (n - a);
    b += 2;
    d = 1 / nonZero(term * d + b);
    c = nonZero(b + term / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < PRECISE * 10) break;
  }
  return { below: 1 - front * h, above: front * h };
}

const nonZero = (value: number) => (Math.abs(value) < SMALLEST ? SMALLEST : value);

/** Share of a beta distribution below x: Lentz's continued fraction (Press and others, Numerical Recipes, 6.4). */
export function betaBelow(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(x, a, b)) / a
    : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m < MOST_TERMS; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / nonZero(1 + even * d);
    c = nonZero(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonZero(1 + odd * d);
    c = nonZero(1 + odd / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < PRECISE * 10) break;
  }
  return h;
}

/** Where a rising function takes a value: bisection, so that it always ends and never leaves its bracket. */
export function solveRising(value: number, of: (x: number) => number, low: number, high: number): number {
  let [from, to] = [low, high];
  while (of(to) < value) [from, to] = [to, to * 2];
  for (let step = 0; step < 200; step += 1) {
    const middle = (from + to) / 2;
    if (middle === from || middle === to) break;
    if (of(middle) < value) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}

/** Share of the standard normal distribution below z, without loss in the tails. */
export function normalBelow(z: number): number {
  const { below, above } = gammaShares(0.5, (z * z) / 2);
  return z < 0 ? above / 2 : 0.5 + below / 2;
}

/** Two-sided p of a standard normal z. */
export const normalP = (z: number): number => Math.min(1, 2 * normalBelow(-Math.abs(z)));

/** The z below which a share of the standard normal distribution lies. */
export function normalQuantile(share: number): number {
  if (share > 0.5) return -normalQuantile(1 - share);
  // Solved where the tail keeps its digits.
  return -solveRising(-share, (z) => -normalBelow(-z), 0, 8);
}

/** z of a two-sided interval: 1.96 for 0.95. */
export const zOf = (confidence: number): number => normalQuantile(0.5 + confidence / 2);

/** Two-sided p of Student's t. */
export function tP(t: number, freedom: number): number {
  return betaBelow(freedom / (freedom + t * t), freedom / 2, 0.5);
}

/** t of a two-sided interval with so many degrees of freedom: 2.262 for 0.95 and 9. */
export function tOf(confidence: number, freedom: number): number {
  return solveRising(confidence, (t) => 1 - tP(t, freedom), 0, 2);
}

/** The value below which a share of a chi-square distribution lies. */
export function chiSquareQuantile(share: number, freedom: number): number {
  return 2 * solveRising(share, (x) => gammaShares(freedom / 2, x).below, 0, freedom / 2 + 1);
}

/** The value below which a share of a beta distribution lies. */
export function betaQuantile(share: number, a: number, b: number): number {
  return solveRising(share, (x) => betaBelow(x, a, b), 0, 1);
}
