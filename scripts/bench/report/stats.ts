/** The middle one; of an even number the mean of the middle two. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** @throws Error if there are no values. */
export function mean(values: readonly number[]): number {
  if (values.length === 0) throw new Error('There are no values.');
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Between neighbours in proportion. @throws Error if there are no values. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * part;
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  if (low === undefined || high === undefined) throw new Error('There are no values.');
  return low + (high - low) * (at - Math.floor(at));
}
