/** Whether the scenarios of a flow would notice mistakes in it, and which they would not. */
import type { Flow } from '#engine/index.ts'
import { mutate, reportOf, verdicts, type MutationReport, type Verdict } from '#engine/mutation/index.ts'
import type { Scenario } from '#engine/simulate/index.ts'
import type { Style } from './style.ts'
import type { Terminal } from './terminal.ts'
import { counted } from './words.ts'

export function mutationOf(
  flow: Flow,
  scenarios: readonly Scenario[],
  most: number,
  terminal: Terminal,
): MutationReport {
  const total = mutate(flow, most).length
  const tried: Verdict[] = []
  for (const verdict of verdicts(flow, scenarios, most)) {
    tried.push(verdict)
    if (terminal.isInteractive) terminal.errors.write(`\r  ${tried.length} of ${total} mistakes tried`)
  }
  if (terminal.isInteractive) terminal.errors.write('\r\u001b[K')
  return reportOf(tried)
}

/** In whole per cent, and never 100 while one survives. */
export function scoreOf({ score }: MutationReport): number {
  return Math.floor(score * 100)
}

export function mutationInWords(report: MutationReport, style: Style): string {
  const { total, killed, refused, survivors } = report
  const sum = `${killed} of ${counted(total - refused, 'mistake')} noticed (${scoreOf(report)} %)`
  const checked = refused === 0 ? '' : `; ${refused} more would be refused by the check`
  const paint = survivors.length === 0 ? style.green : style.yellow
  return [
    `  ${paint(`${sum}${checked}`)}`,
    ...(survivors.length === 0 ? [] : [`      ${style.dim('no scenario would notice that')}`]),
    ...survivors.map(({ change }) => `        ${change}`),
    '',
  ].join('\n')
}
