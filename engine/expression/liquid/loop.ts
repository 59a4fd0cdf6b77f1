import { isRecord } from '../../flow/values.ts'
import type { ForTag, Template } from 'liquidjs'
import { spend } from '../budget.ts'
import { ANY, BOOL, describe, NUMBER, record, TEXT, type StaticType } from '../static-type.ts'
import { toNumber } from './convert.ts'
import { refuse, type Local, type Part, type Plan, type Run, type TextFrame, type TextPlanner } from './planner.ts'
import { planToken } from './value.ts'

const LOOP = record({
  index: NUMBER,
  index0: NUMBER,
  rindex: NUMBER,
  rindex0: NUMBER,
  first: BOOL,
  last: BOOL,
  length: NUMBER,
})

type PlanParts = (templates: readonly Template[], planner: TextPlanner) => Part

/** `{% for item in vars.items limit: 5 %}`: every turn is paid for, and the loop ends when the steps are spent. */
export function planFor(tag: ForTag, planner: TextPlanner, planParts: PlanParts): Part {
  const collection = planToken(tag.collection, planner)
  const select = planModifiers(tag, planner)
  const item = { type: itemType(collection, tag, planner), slot: planner.slots.used++ }
  const loop = { type: LOOP, slot: planner.slots.used++ }
  const locals = new Map<string, Local>([...planner.locals, [tag.variable, item], ['forloop', loop]])
  const body = planParts(tag.templates, { ...planner, locals })
  const otherwise = planParts(tag.elseTemplates, planner)
  return (frame) => {
    const items = select(itemsOf(collection.run(frame), frame), frame)
    if (items.length === 0) return otherwise(frame)
    for (const [index, each] of items.entries()) {
      if (!spend(frame, 1)) return
      frame.locals[item.slot] = each
      frame.locals[loop.slot] = turn(index, items.length)
      body(frame)
      if (frame.leaving === 'loop') break
      frame.leaving = 'nothing'
    }
    frame.leaving = 'nothing'
  }
}

function itemType({ type }: Plan, tag: ForTag, planner: TextPlanner): StaticType {
  if (type.kind === 'list') return type.of
  if (type.kind === 'text') return TEXT
  if (type.kind !== 'number' && type.kind !== 'bool') return ANY
  return refuse(planner, tag.collection, `A loop goes through a list, not ${describe(type)}.`).type
}

/** The items of a list; a text as one item; the name and value of each part of a map. */
function itemsOf(value: unknown, frame: TextFrame): readonly unknown[] {
  if (Array.isArray(value)) return value
  if (typeof value === 'string') return value === '' ? [] : [value]
  if (!isRecord(value)) return []
  const names = Object.keys(value)
  return spend(frame, names.length) ? names.map((name) => [name, value[name]]) : []
}

type Select = (items: readonly unknown[], frame: TextFrame) => readonly unknown[]

/** `offset`, then `limit`, then `reversed`, whatever order they are written in. */
function planModifiers(tag: ForTag, planner: TextPlanner): Select {
  const { offset, limit, reversed, ...unknown } = planHash(tag.hash.hash, planner)
  for (const name of Object.keys(unknown)) {
    refuse(planner, tag.token, `A loop takes limit, offset and reversed, not “${name}”.`)
  }
  return (items, frame) => {
    if (!offset && !limit && !reversed) return items
    if (!spend(frame, items.length)) return []
    const from = offset ? Math.max(0, toNumber(offset(frame))) : 0
    const chosen = items.slice(from, limit ? from + Math.max(0, toNumber(limit(frame))) : undefined)
    return reversed ? chosen.reverse() : chosen
  }
}

function planHash(hash: ForTag['hash']['hash'], planner: TextPlanner): Readonly<Record<string, Run>> {
  return Object.fromEntries(
    Object.entries(hash).map(([name, token]) => {
      return [name, token ? planToken(token, planner).run : () => true]
    }),
  )
}

function turn(index: number, length: number): Readonly<Record<string, number | boolean>> {
  return {
    index: index + 1,
    index0: index,
    rindex: length - index,
    rindex0: length - index - 1,
    first: index === 0,
    last: index === length - 1,
    length,
  }
}
