import { listOf, recordOf, textOf } from '../inspector/node/place.ts'
import type { QueueRules } from './plan.ts'

/** A queue node's rules as they are drawn; what it does not say is left out. */
export function readRules(data: unknown): QueueRules {
  const { relax, ageing, maxWait, skills, language } = recordOf(data)
  const levels = Object.entries(recordOf(skills)).flatMap(([skill, level]) =>
    typeof level === 'number' ? [[skill, level] as const] : [],
  )
  return {
    ...(relax === undefined ? {} : { relax: listOf(relax) }),
    ...(textOf(ageing) === '' ? {} : { ageing: textOf(ageing) }),
    ...(textOf(maxWait) === '' ? {} : { maxWait: textOf(maxWait) }),
    ...(levels.length === 0 ? {} : { skills: Object.fromEntries(levels) }),
    ...(textOf(language) === '' ? {} : { language: textOf(language) }),
  }
}
