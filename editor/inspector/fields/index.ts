/** THE list: what each type of form row is edited with. A type that the engine adds is a compile error here. */
import type { ComponentType } from 'react'
import type { FieldType } from '#engine/kinds/kind.ts'
import { Assignments } from './Assignments.tsx'
import { Cases } from './Cases.tsx'
import { Choices } from './Choices.tsx'
import { Collect } from './Collect.tsx'
import { Condition } from './Condition.tsx'
import { Duration } from './Duration.tsx'
import type { FieldProps } from './field.ts'
import { Headers } from './Headers.tsx'
import { Intents } from './Intents.tsx'
import { Language } from './Language.tsx'
import { LineField } from './Line.tsx'
import { NumberField } from './Number.tsx'
import { Relax } from './Relax.tsx'
import { Rungs } from './Rungs.tsx'
import { SelectField } from './Select.tsx'
import { Signals } from './Signals.tsx'
import { Skills } from './Skills.tsx'
import { Team } from './Team.tsx'
import { Template } from './Template.tsx'
import { To } from './To.tsx'
import { Toggle } from './Toggle.tsx'
import { VariableField } from './Variable.tsx'
import { WeekField } from './Week.tsx'

export const fields: Readonly<Record<FieldType, ComponentType<FieldProps>>> = {
  template: Template, line: LineField, duration: Duration, number: NumberField, toggle: Toggle, select: SelectField,
  condition: Condition, variable: VariableField, choices: Choices, cases: Cases, assignments: Assignments, intents: Intents,
  headers: Headers, week: WeekField, signals: Signals, rungs: Rungs, team: Team, skills: Skills, language: Language,
  relax: Relax, collect: Collect, to: To,
}

export type { FieldProps }
