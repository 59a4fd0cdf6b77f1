const BEAT = 5_000
/**
 * The device slept when two beats lie this far apart: farther than those of a hidden page, which a browser lets beat once
 * a minute. A line that broke in a shorter sleep falls silent, which its feed notices.
 */
const ASLEEP = 90_000

/** Calls when the device was asleep: its clock went on, the page's beats did not. Returns how to end that. */
export function watchWaking(onWake: () => void): () => void {
  let last = Date.now()
  const beat = setInterval(() => {
    const slept = Date.now() - last > ASLEEP
    last = Date.now()
    if (slept) onWake()
  }, BEAT)
  return () => clearInterval(beat)
}
