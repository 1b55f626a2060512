/** An e-value: of mean 1 at most if there is no effect. The weight must be fixed before anything is measured. */
export interface WeightedEvidence {
  readonly evidence: number;
  readonly weight: number;
}

/**
 * The evidence for one of several effects, adjusted so that claiming those at or above 1/α keeps the chance of even one
 * false claim at α. The weighted mean of e-values is an e-value however they depend on each other (V. Vovk and R. Wang,
 * "E-values: calibration, combination and applications", 2021), so it tests all effects of a set together; by closed
 * testing (R. Marcus, E. Peritz and K. R. Gabriel, 1976) an effect is claimed if every set that contains it passes:
 *
 * e*_i = min over S ∋ i of Σ_{j∈S} w_j·E_j / Σ_{j∈S} w_j
 *
 * The smallest mean adds the weakest of the others, as long as they lower it. With looks after every block, the chance is
 * α for e-processes of a common past; decision 0016 has figures for the t-test's.
 *
 * @param all with `one` among them
 */
export function adjustedEvidence(one: WeightedEvidence, all: readonly WeightedEvidence[]): number {
  let { evidence: mean, weight: total } = one;
  const others = all.filter((other) => other !== one);
  for (const { evidence, weight } of others.toSorted((a, b) => a.evidence - b.evidence)) {
    if (evidence >= mean) break;
    mean = (mean * total + evidence * weight) / (total + weight);
    total += weight;
  }
  return mean;
}

/**
 * The evidence that one effect needs for its adjusted evidence to reach a threshold while all others stay as they are:
 * threshold + Σ w_j·(threshold − E_j) / w_i over the others below the threshold.
 *
 * @param all with `one` among them
 */
export function evidenceNeeded(
  one: WeightedEvidence,
  all: readonly WeightedEvidence[],
  threshold: number,
): number {
  const lacking = all
    .filter((other) => other !== one)
    .map(({ evidence, weight }) => weight * Math.max(0, threshold - evidence));
  return threshold + lacking.reduce((sum, lack) => sum + lack, 0) / one.weight;
}
