/**
 * What a target asks of workers, as needs of a queue. Agents have skills with levels and languages: every other
 * attribute of a worker becomes a skill, named after it. What is more than “all of these” has no such form.
 */
import { nameText, type Comparison, type Expression, type Name, type Operand } from './expression.ts'
import type { Names } from './names.ts'
import { Untranslatable } from './untranslatable.ts'

export interface Asked {
  readonly skills: Readonly<Record<string, number>>
  readonly language: string | null
  /** The task's attribute that names the one worker who is asked. */
  readonly known: string | null
}

export const nothingAsked: Asked = { skills: {}, language: null, known: null }

const MOST_LEVEL = 10

/** The needs of what `simplify` left. @throws Untranslatable with the cure */
export function needsOf(expression: Expression, skills: Names): Asked {
  if (expression.kind === 'comparison') return needOf(expression, skills)
  if (expression.kind === 'any') {
    throw new Untranslatable(
      'a queue asks for all its skills, not for one of several; give who has one of them a skill of its own.',
    )
  }
  return expression.parts.map((part) => needsOf(part, skills)).reduce(both)
}

/** Asks for both. */
export function both(one: Asked, other: Asked): Asked {
  const skills = { ...one.skills }
  for (const [skill, level] of Object.entries(other.skills)) skills[skill] = Math.max(level, skills[skill] ?? 0)
  if (one.language !== null && other.language !== null && one.language !== other.language) {
    throw new Untranslatable('a queue asks for one language; ask for one of them, and for a skill for the other.')
  }
  return { skills, language: one.language ?? other.language, known: one.known ?? other.known }
}

/** The skill that a worker's attribute becomes: `worker.routing.levels.Spanish` is `Spanish`. */
export function skillOf(worker: Name, skills: Names, value?: string): string {
  const parts = attributeOf(worker)
  const isOwn = parts[0] === 'skills' || parts[0] === 'levels'
  const told = value === undefined ? parts : [...parts, value]
  return skills.idOf((isOwn && told.length > 1 ? told.slice(1) : told).join('_'))
}

function needOf(comparison: Comparison, skills: Names): Asked {
  const { worker, other, way } = fromWorker(comparison)
  refuseState(worker)
  if (other.kind === 'name') return ofTasks(worker, other, way)
  if (other.kind === 'list') throw oneOfSeveral()
  const { value } = other
  if (typeof value === 'number') return { ...nothingAsked, skills: { [skillOf(worker, skills)]: levelOf(way, value) } }
  if (typeof value === 'string' && (way === 'HAS' || way === '==')) return ofText(worker, value, skills)
  if (value === true && way === '==') return { ...nothingAsked, skills: { [skillOf(worker, skills)]: 1 } }
  throw new Untranslatable(
    `a queue asks for what a worker has, not for “${way}”; give the workers who are meant a skill.`,
  )
}

/** A comparison as it reads from the worker's side. */
function fromWorker({ operator, left, right }: Comparison): Wish {
  if (isWorkers(left)) return { worker: left, other: right, way: operator }
  if (isWorkers(right)) return { worker: right, other: left, way: TURNED[operator] }
  throw new Untranslatable(
    'nothing of the worker is compared; what is about the task belongs to the filter’s “expression”.',
  )
}

interface Wish {
  readonly worker: Name
  readonly other: Operand
  readonly way: Way
}

/** How a comparison reads from its other side; `x IN worker.skills` is `worker.skills HAS x`. */
const TURNED = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  IN: 'HAS',
  HAS: 'IN',
  'NOT IN': 'NOT HAS',
  CONTAINS: 'is part of',
} as const

type Way = Comparison['operator'] | (typeof TURNED)[keyof typeof TURNED]

function isWorkers(operand: Operand): operand is Name {
  return operand.kind === 'name' && operand.path[0] === 'worker'
}

/** A worker's attribute without `worker.` and without `routing.`, under which Flex keeps skills and levels. */
function attributeOf({ path }: Name): readonly string[] {
  const [, ...parts] = path.map(String)
  return parts[0] === 'routing' && parts.length > 1 ? parts.slice(1) : parts
}

function ofText(worker: Name, value: string, skills: Names): Asked {
  const attribute = attributeOf(worker).join('_')
  if (PERSONAL.includes(attribute)) {
    throw new Untranslatable(`it names one person by “${nameText(worker)}”; give that person a skill of its own.`)
  }
  const isLanguage = /^(.*_)?languages?$/.test(attribute) && /^[a-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/i.test(value)
  if (isLanguage) return { ...nothingAsked, language: value.replaceAll('_', '-') }
  return { ...nothingAsked, skills: { [skillOf(worker, skills, value)]: 1 } }
}

const PERSONAL = ['sid', 'friendly_name', 'agent_id', 'id', 'email', 'contact_uri', 'full_name']

function ofTasks(worker: Name, task: Name, way: Way): Asked {
  const attribute = attributeOf(worker).join('_')
  const written = nameText(task)
  const namesOne = way === '==' && ['sid', 'friendly_name', 'agent_id'].includes(attribute)
  if (namesOne) return { ...nothingAsked, known: written }
  if (way === '!=' || way === 'NOT IN' || way === 'NOT HAS') {
    throw new Untranslatable(
      'nobody is left out by name; take it out: who declined an offer or let it pass is skipped anyway.',
    )
  }
  throw new Untranslatable(
    `what a queue asks for does not depend on “${written}”; write a filter and a target for each of its values.`,
  )
}

function refuseState(worker: Name): void {
  const [first = ''] = attributeOf(worker)
  if (first.startsWith('activity')) {
    throw new Untranslatable(
      'agents are online, away or offline, and only those online are asked; take the activity out.',
    )
  }
  if (first === 'channel') {
    throw new Untranslatable(
      'how much a worker holds is the agent’s capacity and the team’s weights; take the channel out.',
    )
  }
}

/** The least whole level that meets a comparison. */
function levelOf(way: Way, value: number): number {
  if (way !== '>=' && way !== '>') {
    throw new Untranslatable('a queue asks for a level or more; compare with “>=” or “>”.')
  }
  const level = way === '>=' ? Math.ceil(value) : Math.floor(value) + 1
  if (level <= MOST_LEVEL) return Math.max(level, 1)
  throw new Untranslatable(`levels go from 1 to ${MOST_LEVEL}; bring them within, here and for the workers.`)
}

function oneOfSeveral(): Untranslatable {
  return new Untranslatable(
    'a queue does not ask for one of several values; give the workers who have one of them a skill.',
  )
}
