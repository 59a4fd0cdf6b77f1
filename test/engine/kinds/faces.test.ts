import { readFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { kinds } from '#engine/index.ts'
import { faces } from '#engine/kinds/faces.ts'

const root = resolve(import.meta.dirname, '../../..')
/** What evaluates, compiles and runs, without what only says what may be written. */
const runs =
  /^engine\/(?:check|compile|expression|export|routing|simulate|step|words|hours\/(?!schedule|day)|signals\/(?!faces\/|turn))/

describe('The faces of the kinds', () => {
  test('1. are those of all kinds, in the same order', () => {
    expect(kinds.map((kind) => kind.name)).toEqual(faces.map((face) => face.name))
  })

  test('2. load nothing that runs: whoever draws a card fetches no expressions, calendars or language', () => {
    const loaded = loadedBy('engine/kinds/faces.ts')
    expect(loaded.filter((file) => runs.test(file) || /^engine\/kinds\/(\w+)\/\1\.ts$/.test(file))).toEqual([])
    expect(loaded).toContain('engine/kinds/ask/face.ts')
  })
})

/** A file of the engine with all that it imports, and what these do; types are erased. */
function loadedBy(file: string, seen = new Set<string>()): readonly string[] {
  if (seen.has(file)) return []
  seen.add(file)
  const source = readFileSync(resolve(root, file), 'utf8')
  for (const [, path = ''] of source.matchAll(/^(?:import|export)(?! type)[^']*? from '(\.[^']+)'/gm)) {
    loadedBy(relative(root, resolve(root, dirname(file), path)), seen)
  }
  return [...seen]
}
