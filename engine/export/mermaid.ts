import { compiledFlow } from '../compile/compiled.ts'
import { isHelper, type StateConfig, type Transition } from '../compile/config.ts'
import type { Flow } from '../flow/parse.ts'

/** The statechart as a Mermaid `stateDiagram-v2`: phases as composite states, outlets as labelled arrows. */
export function mermaid(flow: Flow): string {
  const { config, timers } = compiledFlow(flow).chart
  const delays = new Map(timers.map((timer) => [timer.id, typeof timer.delay === 'number' ? timer.delay : 0]))
  const lines = ['stateDiagram-v2', `  %% ${oneLine(flow.name)}`, '  [*] --> bot']
  const arrows: string[] = []
  for (const [phase, state] of Object.entries(config.states ?? {})) {
    if (Object.keys(state.states ?? {}).length === 0) continue
    lines.push(`  state ${phase} {`)
    if (state.initial !== undefined && phase === 'bot') lines.push(`    [*] --> ${name(state.initial)}`)
    for (const [id, node] of Object.entries(state.states ?? {})) {
      if (isHelper(id)) continue
      lines.push(`    ${name(id)} : ${oneLine(node.description ?? id)}`)
      arrows.push(...nodeArrows(id, node, delays))
      if (node.type === 'final') arrows.push(`  ${name(id)} --> [*]`)
    }
    lines.push('  }')
    for (const [type, transitions] of Object.entries(state.on ?? {})) arrows.push(...arrowsOf(phase, type, transitions))
  }
  return `${[...lines, ...new Set(arrows)].join('\n')}\n`
}

function nodeArrows(id: string, node: StateConfig, delays: ReadonlyMap<string, number>): readonly string[] {
  return [
    ...arrowsOf(name(id), '', node.always ?? []),
    ...Object.entries(node.on ?? {}).flatMap(([type, transitions]) => arrowsOf(name(id), type, transitions)),
    ...Object.entries(node.after ?? {}).flatMap(([timer, transitions]) =>
      arrowsOf(name(id), `after ${inWords(delays.get(timer) ?? 0)}`, transitions),
    ),
    ...Object.values(node.states ?? {}).flatMap((rung) => nodeArrows(id, rung, delays)),
  ]
}

function arrowsOf(from: string, label: string, transitions: readonly Transition[]): readonly string[] {
  return transitions.flatMap(({ target, guard }) => {
    const parts = target?.split('.').slice(1) ?? []
    const node = parts[1]
    if (target === undefined || node === undefined) return []
    const to = isHelper(node) ? (parts[0] ?? '') : name(node)
    if (to === from && parts.length > 2) return []
    const condition =
      guard === undefined || guard.type === 'is'
        ? ''
        : ` [${guard.type}${guard.params?.['choice'] === undefined ? '' : ` ${String(guard.params['choice'])}`}]`
    const text = `${label}${condition}`.trim()
    return [`  ${from} --> ${to}${text === '' ? '' : ` : ${oneLine(text)}`}`]
  })
}

/** Mermaid takes a hyphen in an id for an arrow's beginning, and `end` for the end of a block. */
function name(id: string): string {
  return `n_${id.replaceAll('-', '__')}`
}

function oneLine(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[:;#%{}"<>]/g, ' ')
    .trim()
    .slice(0, 80)
}

function inWords(milliseconds: number): string {
  const units = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1_000],
  ] as const
  const [unit, size] = units.find(([, size]) => milliseconds >= size && milliseconds % size === 0) ?? ['ms', 1]
  return `${milliseconds / size}${unit}`
}
