import type { ChartTimer } from '../compile/chart.ts'
import { compiledFlow } from '../compile/compiled.ts'
import type { Named, StateConfig, Transition } from '../compile/config.ts'
import type { Flow } from '../flow/parse.ts'
import { escaped } from './xml.ts'

type Delays = ReadonlyMap<string, ChartTimer['delay']>

/**
 * The statechart as W3C SCXML 1.0. State ids are `<phase>.<node>`, since SCXML wants them unique in the document. Guards
 * are `cond` expressions over named predicates, actions are `<script>`-free `<raise>`s under `baton:`; delays are `<send>`s
 * cancelled on exit, as SCXML has no `after`; one that runs until an instant names it in its `delayexpr`.
 */
export function scxml(flow: Flow): string {
  const { config, timers } = compiledFlow(flow).chart
  const delays: Delays = new Map(timers.map((timer) => [timer.id, timer.delay]))
  const states = Object.entries(config.states ?? {}).filter(([, state]) => Object.keys(state.states ?? {}).length > 0)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<scxml xmlns="http://www.w3.org/2005/07/scxml" xmlns:baton="urn:baton" version="1.0" name="${escaped(flow.id)}" initial="bot">`,
    ...states.flatMap(([id, state]) => stateLines(id, state, delays, 1)),
    '</scxml>',
    '',
  ].join('\n')
}

function stateLines(path: string, state: StateConfig, delays: Delays, depth: number): readonly string[] {
  const pad = '  '.repeat(depth)
  if (state.type === 'history')
    return [
      `${pad}<history id="${path}" type="deep"><transition target="${escaped(idOf(state.target ?? ''))}"/></history>`,
    ]
  const tag = state.type === 'final' ? 'final' : 'state'
  const timers = Object.keys(state.after ?? {})
  const initial =
    state.initial === undefined || tag === 'final' ? '' : ` initial="${escaped(`${path}.${state.initial}`)}"`
  return [
    `${pad}<${tag} id="${escaped(path)}"${initial}>`,
    ...block(
      'onentry',
      [
        ...timers.map(
          (timer) => `<send id="${escaped(timer)}" event="after.${escaped(timer)}"${delayOf(delays.get(timer))}/>`,
        ),
        ...actions(state.entry, delays),
      ],
      pad,
    ),
    ...block(
      'onexit',
      [...timers.map((timer) => `<cancel sendid="${escaped(timer)}"/>`), ...actions(state.exit, delays)],
      pad,
    ),
    ...(state.always ?? []).flatMap((transition) => transitionLines('', transition, delays, pad)),
    ...Object.entries(state.on ?? {}).flatMap(([type, each]) =>
      each.flatMap((transition) => transitionLines(type, transition, delays, pad)),
    ),
    ...Object.entries(state.after ?? {}).flatMap(([timer, each]) =>
      each.flatMap((transition) => transitionLines(`after.${timer}`, transition, delays, pad)),
    ),
    ...Object.entries(state.states ?? {}).flatMap(([id, child]) =>
      stateLines(`${path}.${id}`, child, delays, depth + 1),
    ),
    `${pad}</${tag}>`,
  ]
}

function transitionLines(
  event: string,
  { target, guard, actions: named }: Transition,
  delays: Delays,
  pad: string,
): readonly string[] {
  const attributes = [
    event === '' ? '' : ` event="${escaped(event)}"`,
    guard === undefined ? '' : ` cond="${escaped(condition(guard))}"`,
    target === undefined ? '' : ` target="${escaped(idOf(target))}"`,
  ].join('')
  const inner = actions(named, delays)
  return inner.length === 0
    ? [`${pad}  <transition${attributes}/>`]
    : [`${pad}  <transition${attributes}>`, ...inner.map((line) => `${pad}    ${line}`), `${pad}  </transition>`]
}

function block(tag: string, lines: readonly string[], pad: string): readonly string[] {
  return lines.length === 0
    ? []
    : [`${pad}  <${tag}>`, ...lines.map((line) => `${pad}    ${line}`), `${pad}  </${tag}>`]
}

function actions(named: readonly Named[] | undefined, delays: Delays): readonly string[] {
  return (named ?? []).map(({ type, params }) => {
    const timer = /^(set|enter|cancel) (.+)$/.exec(type)
    if (timer?.[1] === 'set' || timer?.[1] === 'enter')
      return `<send id="${escaped(timer[2] ?? '')}" event="timer.${escaped(timer[2] ?? '')}"${delayOf(delays.get(timer[2] ?? ''))}/>`
    if (timer?.[1] === 'cancel') return `<cancel sendid="${escaped(timer[2] ?? '')}"/>`
    return `<baton:action name="${escaped(type)}"${params === undefined ? '' : ` params="${escaped(JSON.stringify(params))}"`}/>`
  })
}

function delayOf(delay: ChartTimer['delay'] = 0): string {
  return typeof delay === 'number' ? ` delay="${delay}ms"` : ` delayexpr="until('${delay.until}')"`
}

function condition({ type, params }: Named): string {
  return `guard('${type}', ${JSON.stringify(params ?? {})})`
}

/** `#flow.phase.node` as a document id. */
function idOf(target: string): string {
  return target.split('.').slice(1).join('.')
}
