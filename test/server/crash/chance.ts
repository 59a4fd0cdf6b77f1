/** The minimal standard generator of Park and Miller: numbers from 0 to below 1, the same ones for the same seed. */
export function chance(seed: number): () => number {
  let last = seed % 2_147_483_647 || 1
  return () => {
    last = (last * 48_271) % 2_147_483_647
    return (last - 1) / 2_147_483_646
  }
}
