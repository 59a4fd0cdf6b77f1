/** Which values the names of a conversation may have at all: what a condition may rely on without asking. */
import type { VariableType } from '../../flow/document.ts'
import { declarations } from '../../flow/expressions.ts'
import type { Flow } from '../../flow/parse.ts'
import { faceOf } from '../../kinds/faces.ts'
import { signalFaces } from '../../signals/faces/index.ts'
import type { Domain } from './cases.ts'
import {
  bools,
  both,
  compared,
  either,
  every,
  known,
  lists,
  missing,
  numbers,
  oneOf,
  texts,
  unknown,
  type Values,
} from './values.ts'

const OF_TYPE: Readonly<Record<VariableType, Values>> = {
  text: texts,
  email: texts,
  phone: texts,
  date: texts,
  choice: texts,
  number: numbers,
  yesno: bools,
  boolean: bools,
  list: lists,
  map: lists,
}

const atLeast = (least: number): Values => compared('>=', least)
const between = (least: number, most: number): Values => both(atLeast(least), compared('<=', most))
const perhaps = (values: Values): Values => either(values, missing)

/** What the engine itself says of a name; `queue.*` and `hours.*` may be missing where the world does not tell. */
const OWN: Readonly<Record<string, Values>> = {
  'nlu.intent': perhaps(texts),
  'nlu.language': perhaps(texts),
  'nlu.entities': perhaps(lists),
  'nlu.confidence': perhaps(between(0, 1)),
  'nlu.sentiment': perhaps(between(-1, 1)),
  'conversation.id': texts,
  'conversation.channel': texts,
  'conversation.language': texts,
  'conversation.page': texts,
  'conversation.startedAt': texts,
  'conversation.turns': atLeast(0),
  'hours.open': perhaps(bools),
  'hours.opens': perhaps(texts),
  'agent.id': perhaps(texts),
  'agent.name': perhaps(texts),
  'handoff.reason': texts,
  'handoff.note': texts,
  'handoff.summary': texts,
  'queue.team': texts,
  'queue.waitedMinutes': atLeast(0),
  'queue.position': perhaps(atLeast(0)),
  'queue.eta': perhaps(atLeast(0)),
  'queue.within': perhaps(atLeast(0)),
}

const GIVEN_BY_SIGNAL = { bool: bools, number: numbers, text: texts } as const

/**
 * The values a name may have in a flow.
 * @param isKnown whether a name is known where the condition is asked
 * @param value what `value` may be, in an ask's `check`
 */
export function domainOf(flow: Flow, isKnown: (path: string) => boolean = () => false, value: Values = every): Domain {
  const variables = valuesOfVariables(flow)
  return (path) => {
    const values = path === 'value' ? value : (variables.get(path) ?? OWN[path] ?? signal(path))
    return isKnown(path) ? both(values, known) : values
  }
}

/** The answers that a question as it is asked takes. */
export function answersOf(as: VariableType, choices: readonly { readonly id: string }[] | undefined): Values {
  return choices === undefined ? OF_TYPE[as] : oneOf(choices.map((each) => each.id))
}

function signal(path: string): Values {
  const [root, name, ...rest] = path.split('.')
  const face =
    root === 'signals' && rest.length === 0 ? Object.values(signalFaces).find((each) => each.name === name) : undefined
  const gives = face !== undefined && 'gives' in face ? face.gives : undefined
  return gives === undefined ? every : perhaps(GIVEN_BY_SIGNAL[gives])
}

const ofVariables = new WeakMap<Flow, ReadonlyMap<string, Values>>()

/** What is only asked for, or given at the beginning, is of its type; what is computed or fetched may be anything. */
function valuesOfVariables(flow: Flow): ReadonlyMap<string, Values> {
  const cached = ofVariables.get(flow)
  if (cached) return cached
  const computed = new Set(flow.nodes.flatMap((node) => (node.type === 'ask' ? [] : faceOf(node).sets(node.data))))
  const variables = new Map(
    Object.entries(declarations(flow, flow.nodes)).map(
      ([name, { type }]) => [`vars.${name}`, computed.has(name) ? every : either(OF_TYPE[type], unknown)] as const,
    ),
  )
  ofVariables.set(flow, variables)
  return variables
}
