/** Rejects when the server closes first: work that does not listen to its signal must not keep it from closing. */
export async function unlessClosing(signal: AbortSignal | undefined, work: Promise<void>): Promise<void> {
  let stop = (): void => {}
  const closing = new Promise<never>((_, reject) => {
    stop = () => reject(new Error('The server was closed while this ran.'))
    signal?.addEventListener('abort', stop, { once: true })
  })
  await Promise.race([work, closing]).finally(() => signal?.removeEventListener('abort', stop))
}
