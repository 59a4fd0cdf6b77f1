import {
  AssignTag,
  BreakTag,
  CaseTag,
  CommentTag,
  ContinueTag,
  ForTag,
  IfTag,
  InlineCommentTag,
  Output,
  RawTag,
  TypeGuards,
  UnlessTag,
  type Template,
  type Token,
} from 'liquidjs'
import { BUDGET } from '../budget.ts'
import { isTrue, same, toText } from './convert.ts'
import { planFor } from './loop.ts'
import { refuse, write, type Part, type Run, type TextPlanner } from './planner.ts'
import { planToken, planValue } from './value.ts'

/** Plans the parts of a text, or of a block in it, in their order. */
export function planParts(templates: readonly Template[], planner: TextPlanner): Part {
  const parts = templates.flatMap((template) => planPart(template, planner) ?? [])
  return (frame) => {
    for (const part of parts) {
      if (frame.steps < 0 || frame.leaving !== 'nothing') return
      part(frame)
    }
  }
}

function planPart(template: Template, planner: TextPlanner): Part | undefined {
  const { token } = template
  if (TypeGuards.isHTMLToken(token)) return planText(token.getContent())
  if (template instanceof Output) return planOutput(template, planner)
  if (template instanceof AssignTag) return planAssign(template, planner)
  if (template instanceof RawTag) return planText(template.render())
  if (template instanceof CommentTag || template instanceof InlineCommentTag) return undefined
  if (template instanceof BreakTag)
    return (frame) => {
      frame.leaving = 'loop'
    }
  if (template instanceof ContinueTag)
    return (frame) => {
      frame.leaving = 'turn'
    }
  return planBlock(template, token, planner)
}

function planBlock(template: Template, token: Token, outer: TextPlanner): Part | undefined {
  const planner = { ...outer, depth: outer.depth + 1 }
  if (planner.depth > BUDGET.blocks) {
    refuse(outer, token, `Tags are nested too deeply (${BUDGET.blocks} levels at most).`)
    return undefined
  }
  if (template instanceof IfTag) return planIf(template, planner)
  if (template instanceof UnlessTag) return planUnless(template, planner)
  if (template instanceof CaseTag) return planCase(template, planner)
  if (template instanceof ForTag) return planFor(template, planner, planParts)
  refuse(outer, token, 'There is no such tag.')
  return undefined
}

function planText(text: string): Part {
  return (frame) => write(frame, text)
}

function planOutput(output: Output, planner: TextPlanner): Part {
  const { run } = planValue(output.value, output.token, planner)
  return (frame) => write(frame, toText(run(frame), frame))
}

function planIf(tag: IfTag, planner: TextPlanner): Part {
  const branches = tag.branches.map(({ value, templates }) => ({
    test: planValue(value, tag.token, planner).run,
    body: planParts(templates, planner),
  }))
  return firstTrue(branches, planParts(tag.elseTemplates ?? [], planner))
}

/** `unless`: the first test is turned round, those of `elsif` are not. */
function planUnless(tag: UnlessTag, planner: TextPlanner): Part {
  const branches = tag.branches.map(({ value, templates }, index) => {
    const { run } = planValue(value, tag.token, planner)
    const test: Run = index === 0 ? (frame) => !isTrue(run(frame)) : run
    return { test, body: planParts(templates, planner) }
  })
  return firstTrue(branches, planParts(tag.elseTemplates, planner))
}

function firstTrue(branches: readonly { readonly test: Run; readonly body: Part }[], otherwise: Part): Part {
  return (frame) => {
    for (const { test, body } of branches) if (isTrue(test(frame))) return body(frame)
    otherwise(frame)
  }
}

/** `case`: every `when` that holds the value is written, as Liquid has it; `else` when none does. */
function planCase(tag: CaseTag, planner: TextPlanner): Part {
  const target = planValue(tag.value, tag.token, planner).run
  const branches = tag.branches.map(({ values, templates }) => ({
    values: values.map((value) => planToken(value, planner).run),
    body: planParts(templates, planner),
  }))
  const otherwise = planParts(tag.elseTemplates, planner)
  return (frame) => {
    const value = target(frame)
    const chosen = branches.filter(({ values }) => values.some((each) => same(value, each(frame), frame)))
    for (const { body } of chosen) body(frame)
    if (chosen.length === 0) otherwise(frame)
  }
}

function planAssign(tag: AssignTag, planner: TextPlanner): Part | undefined {
  // The library keeps the name and the value to itself, but shows both for analysis.
  const [identifier] = tag.localScope()
  const [value] = tag.arguments()
  if (!identifier || !value || !('initial' in value)) {
    refuse(planner, tag.token, 'Write {% assign name = value %}.')
    return undefined
  }
  const name = identifier.content
  if (planner.names?.has(name)) refuse(planner, identifier, `“${name}” is a name of the conversation; choose another.`)
  const plan = planValue(value, tag.token, planner)
  const slot = planner.assigned.get(name)?.slot ?? planner.slots.used++
  planner.assigned.set(name, { type: plan.type, slot })
  return (frame) => {
    frame.locals[slot] = plan.run(frame)
  }
}
