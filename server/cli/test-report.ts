/** What a scenario came to, for a person: one line for what passes; for what fails, what differs and how it came to that. */
import type { Json } from '#engine/index.ts'
import type { Failure, ScenarioResult, Traced } from '#engine/simulate/index.ts'
import type { Style } from './style.ts'
import { lengthInWords, stepInWords } from './words.ts'

export function reported(result: ScenarioResult, style: Style): string {
  const { name, passed, failures } = result
  if (passed) return `  ${style.green('✓')} ${name}\n`
  const at = failures[0]?.step ?? -1
  const where = at < 0 ? 'before the first step' : `at step ${at + 1}`
  const lines = [...failures.flatMap((each) => differing(each, style)), ...happened(result, style)]
  return [`  ${style.red('✗')} ${name} ${style.dim(`(${where})`)}`, ...lines.map((each) => `      ${each}`), ''].join(
    '\n',
  )
}

/** Expected under `-`, actual under `+`, as a difference is written. */
export function differing({ what, expected, actual, message }: Failure, style: Style): readonly string[] {
  if (expected === null) return [style.red(message)]
  const label = `${what}`.padEnd(WIDTH)
  const [first, ...rest] = [
    ...inLines(expected).map((each) => style.green(`- ${each}`)),
    ...inLines(actual).map((each) => style.red(`+ ${each}`)),
  ]
  const note = notes[what]
  return [
    `${style.bold(label)} ${first ?? ''}${note === undefined ? '' : ` ${style.dim(note)}`}`,
    ...rest.map((each) => `${' '.repeat(WIDTH)} ${each}`),
  ]
}
const WIDTH = 10

/** Where the two sides alone do not say how they belong together. */
const notes: Readonly<Record<string, string>> = {
  said: '(to be told)',
  notSaid: '(not to be told)',
  timers: '(to run)',
  reason: '(to be in it)',
}

function inLines(value: Json): readonly string[] {
  if (value === null) return ['nothing']
  if (typeof value === 'string') return value.split('\n')
  if (!Array.isArray(value)) return [JSON.stringify(value)]
  return value.length === 0 ? ['nothing'] : value.flatMap((each: Json) => inLines(each))
}

/** The conversation up to there, and the timers that run at its end. */
export function happened({ trace }: ScenarioResult, style: Style): readonly string[] {
  const last = trace.at(-1)
  if (last === undefined) return []
  const start = trace[0]?.at ?? 0
  return [
    style.dim('what happened:'),
    ...trace.flatMap((each) => lineOf(each, start, style)),
    style.dim(timersInWords(last)),
  ]
}

function lineOf({ doing, at, state, owner, said, refused }: Traced, start: number, style: Style): readonly string[] {
  const done = doing === null ? 'the conversation starts' : stepInWords(doing)
  const came =
    refused === undefined ? `${state} (${owner})` : style.yellow(`refused, ${refused.code}: ${refused.message}`)
  return [
    `  ${style.dim(`+${lengthInWords(at - start)}`.padEnd(8))} ${done} ${style.dim('→')} ${came}`,
    ...said.map((text) => `           ${style.cyan(`“${text}”`)}`),
  ]
}

function timersInWords({ timers }: Traced): string {
  return timers.length === 0
    ? 'no timer runs'
    : `timers: ${timers.map(({ id, left }) => `${id} in ${lengthInWords(left)}`).join(', ')}`
}
