/** A straight line through points that scatter. */

export interface Line {
  readonly slope: number;
  /** The slope's standard error; infinite with fewer than three points. */
  readonly slopeError: number;
}

/** By ordinary least squares. @param points at least two, not all above each other */
export function lineThrough(points: readonly { readonly x: number; readonly y: number }[]): Line {
  const count = points.length;
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / count;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / count;
  const spread = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  const slope = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / spread;
  const residual = points.reduce((sum, { x, y }) => sum + (y - meanY - slope * (x - meanX)) ** 2, 0);
  return {
    slope,
    slopeError: count < 3 ? Number.POSITIVE_INFINITY : Math.sqrt(residual / (count - 2) / spread),
  };
}
