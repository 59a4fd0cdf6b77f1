import { BUDGET } from './budget.ts'
import type { SourceFault } from './failure.ts'
import { planParts } from './liquid/plan.ts'
import { createPlanner, type TextFrame } from './liquid/planner.ts'
import { readTemplate } from './liquid/read.ts'
import { remember } from './remember.ts'
import { declarationsKey, templateNames, type Scope, type VariableDeclarations } from './scope.ts'

export interface TextTemplate {
  readonly source: string
  /** The dotted paths it uses, in order: `customer.name`. */
  readonly variables: readonly string[]
  /** Whether it is a text without anything to fill in. */
  readonly isPlain: boolean
  /**
   * Never throws and takes a bounded number of steps. What is not known is empty; a text stays text: nothing is escaped
   * and nothing in a value is taken as Liquid. Past 20,000 characters the text is cut.
   */
  readonly render: (scope: Scope) => string
}

export type CompiledTemplate =
  | { readonly ok: true; readonly template: TextTemplate }
  | { readonly ok: false; readonly faults: readonly SourceFault[] }

export interface TemplateOptions {
  /** When given, unknown names are faults. */
  readonly variables?: VariableDeclarations
}

/** Compiles a Liquid text over the names of a conversation (see `scope.ts`). Equal calls share one result. */
export function compileTemplate(source: string, { variables }: TemplateOptions = {}): CompiledTemplate {
  if (source.length > BUDGET.template) {
    const message = `A text has ${BUDGET.template} characters at most; this one has ${source.length}.`
    return { ok: false, faults: [{ message }] }
  }
  if (!source.includes('{{') && !source.includes('{%')) {
    return { ok: true, template: { source, variables: [], isPlain: true, render: () => source } }
  }
  return compiled(`${variables ? declarationsKey(variables) : ''}\n${source}`, () => compile(source, variables))
}

const compiled = remember<CompiledTemplate>(BUDGET.compiled)

function compile(source: string, variables: VariableDeclarations | undefined): CompiledTemplate {
  const parts = readTemplate(source)
  if ('message' in parts) return { ok: false, faults: [parts] }
  const planner = createPlanner(variables && templateNames(variables))
  const body = planParts(parts, planner)
  if (planner.faults.length) return { ok: false, faults: planner.faults }
  const render = (scope: Scope): string => {
    const frame: TextFrame = { scope, locals: [], steps: BUDGET.steps, text: '', leaving: 'nothing' }
    body(frame)
    return frame.text
  }
  return { ok: true, template: { source, variables: [...planner.reads], isPlain: false, render } }
}
