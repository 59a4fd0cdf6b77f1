/** What the scenarios come through, as the page shows it: counted, named, and marked on the canvas. */
import {
  coverageOf,
  type Coverage,
  type CoverageItem,
  type ScenarioResult,
  type Trodden,
} from '#engine/simulate/index.ts'

/** Where scenarios came through. */
export function troddenBy(results: readonly ScenarioResult[]): readonly Trodden[] {
  return results.flatMap(({ trace }) => trace.flatMap(({ passed }) => passed))
}

export function coverageBy(flow: object, trodden: readonly Trodden[]): Coverage {
  return coverageOf(flow, trodden)
}

/** The keys of a layer of marks: nodes and triggers by their id, ways out by `<node>.<outlet>`. */
export function marksOf({ covered, uncovered }: Coverage): Readonly<Record<string, boolean>> {
  return Object.fromEntries([
    ...covered.map((each) => [keyOf(each), true] as const),
    ...uncovered.map((each) => [keyOf(each), false] as const),
  ])
}

export function countOf(
  coverage: Coverage,
  kind: CoverageItem['kind'],
): { readonly covered: number; readonly of: number } {
  const count = (items: readonly CoverageItem[]): number => items.filter((each) => each.kind === kind).length
  const covered = count(coverage.covered)
  return { covered, of: covered + count(coverage.uncovered) }
}

function keyOf(item: CoverageItem): string {
  return item.kind === 'outlet' ? `${item.node}.${item.outlet}` : item.node
}
