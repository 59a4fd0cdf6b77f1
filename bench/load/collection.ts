/**
 * What a process holds is seen only after its garbage is collected: V8 puts the large collection off while there is
 * memory, so that the process rises by what is not needed any more and falls again, minutes later.
 */

/** Has V8 tell of each collection, as it does them by itself. */
export const TELL_OF_COLLECTIONS = '--trace-gc'

const MEGABYTE = 2 ** 20
/** `[8:0x9] 142845 ms: Mark-Compact 205.6 (292.6) -> 49.9 (287.7) MB, ...`: what objects and (pages) took before and after. */
const LARGE = /^\[\d+:.* ms: Mark-Compact .*? -> (\d+\.\d) \(/

/** Bytes of the objects left by a large collection; undefined for a line that does not tell of one. */
export function keptAfter(line: string): number | undefined {
  const megabytes = LARGE.exec(line)?.[1]
  return megabytes === undefined ? undefined : Number(megabytes) * MEGABYTE
}
