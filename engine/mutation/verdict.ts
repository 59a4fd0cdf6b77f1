/**
 * Whether scenarios would notice a mistake in a flow.
 *
 * Law 1: a mutant is noticed when a scenario that passes on the flow fails on the mutant.
 * Law 2: what cannot be read, or what the check finds an error in that was not there, needs no scenario: it is refused.
 * Law 3: a survivor is one that every scenario passes. It may still be no mistake: what makes no difference to any
 *   customer can be noticed by nobody.
 */
import { check } from '../check/index.ts'
import { compiledFlow } from '../compile/compiled.ts'
import { parseFlow, type Flow } from '../flow/parse.ts'
import type { Scenario } from '../simulate/scenario.ts'
import { runScenario } from '../simulate/run.ts'
import { mutate } from './mutate.ts'
import type { Mutant } from './mutant.ts'

export type Verdict =
  /** `by`: the scenario that failed. */
  | { readonly mutant: Mutant; readonly is: 'killed'; readonly by: string }
  | { readonly mutant: Mutant; readonly is: 'refused' | 'survived' }

export interface MutationReport {
  readonly total: number
  readonly killed: number
  readonly refused: number
  /** Those of one node beside one another. */
  readonly survivors: readonly Mutant[]
  /** Of those that somebody could publish, the share that scenarios notice, 0 to 1; 1 where there are none. */
  readonly score: number
}

/**
 * What becomes of one mutant.
 * @param known errors of the flow itself, as `errorsOf` names them: a mutant is not refused for these
 */
export function killed(
  mutant: Mutant,
  scenarios: readonly Scenario[],
  known: ReadonlySet<string> = new Set(),
): Verdict {
  const read = parseFlow(mutant.flow)
  if (!read.ok) return { mutant, is: 'refused' }
  const failed = scenarios.find((scenario) => !runScenario(read.flow, scenario).passed)
  if (failed !== undefined) return { mutant, is: 'killed', by: failed.name }
  const isRefused = [...errorsOf(read.flow)].some((error) => !known.has(error))
  return { mutant, is: isRefused ? 'refused' : 'survived' }
}

/** What the check finds that refuses publishing, by rule and node. */
export function errorsOf(flow: Flow): ReadonlySet<string> {
  return new Set(
    check(flow, { paths: false }).flatMap(({ severity, rule, node }) =>
      severity === 'error' ? [`${rule} ${node ?? ''}`] : [],
    ),
  )
}

/**
 * The verdicts one by one, so that whoever asks can show how far it is and stop. Scenarios that fail on the flow itself
 * notice nothing and are left out.
 * @param most the most mutants that are tried
 */
export function* verdicts(flow: object, scenarios: readonly Scenario[], most?: number): Generator<Verdict, void, void> {
  const passing = scenarios.filter((each) => runScenario(flow, each).passed)
  const known = errorsOf(compiledFlow(flow).flow)
  for (const mutant of mutate(flow, most)) yield killed(mutant, passing, known)
}

export function reportOf(all: readonly Verdict[]): MutationReport {
  const refused = all.filter(({ is }) => is === 'refused').length
  const count = all.filter(({ is }) => is === 'killed').length
  const survivors = byNode(all.flatMap(({ is, mutant }) => (is === 'survived' ? [mutant] : [])))
  const fair = count + survivors.length
  return { total: all.length, killed: count, refused, survivors, score: fair === 0 ? 1 : count / fair }
}

function byNode(mutants: readonly Mutant[]): readonly Mutant[] {
  const nodes = [...new Set(mutants.map(({ node }) => node))]
  return nodes.flatMap((node) => mutants.filter((each) => each.node === node))
}
