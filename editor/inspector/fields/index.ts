/**
 * THE list: what each type of form row is edited with. A type that the engine adds is a compile error here. Texts and
 * durations are here at once; the others, conditions, and weeks come with the first form that has them.
 */
import { lazy, type ComponentType } from 'react'
import type { FieldType } from '#engine/kinds/face.ts'
import { Choices } from './Choices.tsx'
import { Duration } from './Duration.tsx'
import type { FieldProps } from './field.ts'
import { LineField } from './Line.tsx'
import { Template } from './Template.tsx'

export const fields: Readonly<Record<FieldType, ComponentType<FieldProps>>> = {
  template: Template,
  line: LineField,
  duration: Duration,
  choices: Choices,
  select: lazy(async () => ({ default: (await more()).SelectField })),
  toggle: lazy(async () => ({ default: (await more()).Toggle })),
  variable: lazy(async () => ({ default: (await more()).VariableField })),
  number: lazy(async () => ({ default: (await more()).NumberField })),
  intents: lazy(async () => ({ default: (await more()).Intents })),
  headers: lazy(async () => ({ default: (await more()).Headers })),
  rungs: lazy(async () => ({ default: (await more()).Rungs })),
  team: lazy(async () => ({ default: (await more()).Team })),
  skills: lazy(async () => ({ default: (await more()).Skills })),
  language: lazy(async () => ({ default: (await more()).Language })),
  relax: lazy(async () => ({ default: (await more()).Relax })),
  collect: lazy(async () => ({ default: (await more()).Collect })),
  to: lazy(async () => ({ default: (await more()).To })),
  condition: lazy(async () => ({ default: (await conditions()).Condition })),
  cases: lazy(async () => ({ default: (await conditions()).Cases })),
  assignments: lazy(async () => ({ default: (await conditions()).Assignments })),
  signals: lazy(async () => ({ default: (await conditions()).Signals })),
  sla: lazy(async () => ({ default: (await import('./Sla.tsx')).SlaField })),
  week: lazy(async () => ({ default: (await import('./Week.tsx')).WeekField })),
}

function more() {
  return import('./more.ts')
}

function conditions() {
  return import('./conditions.ts')
}

export type { FieldProps }
