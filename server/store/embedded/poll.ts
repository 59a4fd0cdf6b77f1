/** Waits `ms`; ends early, without an error, when `signal` is aborted. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    if (signal?.aborted) end()
    else signal?.addEventListener('abort', end)
  })
}

/** Asks every `everyMs` until there is an answer, and gives it; `undefined` when `withinMs` have passed without one. */
export async function until<T>(
  ask: () => T | undefined | Promise<T | undefined>,
  { everyMs = 10, withinMs = Infinity }: { readonly everyMs?: number; readonly withinMs?: number } = {},
): Promise<T | undefined> {
  const end = performance.now() + withinMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined || performance.now() >= end) return answer
    await pause(everyMs)
  }
}
