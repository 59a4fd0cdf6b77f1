/** What is not covered, as a person reads it: what nobody comes to goes by itself, its ways out would only repeat it. */
import type { Coverage, CoverageItem } from './coverage.ts'

export interface Gap {
  /** A step, a trigger, or only some ways out of a step. */
  readonly what: 'node' | 'trigger' | 'outlets'
  readonly node: string
  /** The ways out, where only they are missing. */
  readonly outlets: readonly string[]
  /** Of what is to be covered. */
  readonly ids: readonly string[]
}

/** In the document's order, each node at most once. */
export function gapsOf({ uncovered }: Coverage): readonly Gap[] {
  const nodes = [...new Set(uncovered.map(({ node }) => node))]
  return nodes.map((node): Gap => {
    const here = uncovered.filter((each) => each.node === node)
    const whole = here.find(({ kind }) => kind !== 'outlet')
    if (whole !== undefined) return { what: kindOf(whole), node, outlets: [], ids: [whole.id] }
    return {
      what: 'outlets',
      node,
      outlets: here.flatMap((each) => (each.kind === 'outlet' ? [each.outlet] : [])),
      ids: here.map(({ id }) => id),
    }
  })
}

function kindOf({ kind }: CoverageItem): Gap['what'] {
  return kind === 'outlet' ? 'outlets' : kind
}

/** In whole per cent, and never 100 while something is missing. */
export function percentCovered({ covered, uncovered }: Coverage): number {
  const all = covered.length + uncovered.length
  return all === 0 ? 100 : Math.floor((covered.length / all) * 100)
}
