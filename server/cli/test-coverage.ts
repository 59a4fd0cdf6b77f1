/** How much of a flow its scenarios come through, and what they never see. */
import type { Flow } from '#engine/index.ts'
import {
  coverageOf,
  gapsOf,
  percentCovered,
  type Coverage,
  type CoverageItem,
  type Gap,
  type ScenarioResult,
} from '#engine/simulate/index.ts'
import type { Style } from './style.ts'
import { counted } from './words.ts'

export function coverageBy(flow: Flow, results: readonly ScenarioResult[]): Coverage {
  return coverageOf(
    flow,
    results.flatMap(({ trace }) => trace.flatMap(({ passed }) => passed)),
  )
}

/** @param why the reason why nothing comes there, by the id of what is not covered */
export function coverageInWords(coverage: Coverage, why: ReadonlyMap<string, string>, style: Style): string {
  const percent = percentCovered(coverage)
  const parts = (['node', 'outlet', 'trigger'] as const).map((kind) => {
    const count = (items: readonly CoverageItem[]): number => items.filter((each) => each.kind === kind).length
    const all = count(coverage.covered) + count(coverage.uncovered)
    return `${count(coverage.covered)} of ${counted(all, kind)}`
  })
  const paint = coverage.uncovered.length === 0 ? style.green : style.yellow
  return [
    `  ${paint(`covered: ${parts.join(', ')} (${percent} %)`)}`,
    ...gapsOf(coverage).map((gap) => `      ${style.dim('not covered:')} ${gapInWords(gap)}${reasonOf(gap, why)}`),
    '',
  ].join('\n')
}

function gapInWords(gap: Gap): string {
  return gap.what === 'outlets' ? `${gap.node}: ${gap.outlets.join(', ')}` : `${gap.what} ${gap.node}`
}

function reasonOf({ ids }: Gap, why: ReadonlyMap<string, string>): string {
  const reasons = new Set(ids.flatMap((id) => why.get(id) ?? []))
  return reasons.size === 0 ? '' : ` (${[...reasons].join('; ')})`
}
