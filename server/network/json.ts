import type { Json } from '#engine/index.ts'

/**
 * Reads JSON that a stranger wrote. Undefined when it is not JSON, or nested past 64 levels: whoever walks or writes it
 * later does so by recursion, and a few kilobytes of brackets would end the process.
 */
export function readJson(text: string): { readonly value: Json } | undefined {
  let value: Json
  try {
    value = JSON.parse(text) as Json // JSON.parse makes nothing but JSON.
  } catch {
    return undefined
  }
  return isShallow(value) ? { value } : undefined
}

function isShallow(value: Json): boolean {
  let level: readonly Json[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return false
    level = level.flatMap((each) => (each !== null && typeof each === 'object' ? Object.values(each) : []))
  }
  return true
}

const DEEPEST = 64
