import { Text, Title } from '@mantine/core'
import { useMemo } from 'react'
import type { Json } from '#engine/index.ts'
import type { Simulation } from '#engine/simulate/index.ts'
import { words } from '../../words/en.ts'
import { Decisions } from './Decisions.tsx'
import { Explained } from './Explained.tsx'
import { whyOf } from './explaining.ts'
import style from './Inside.module.css'
import { Watchers } from './Watchers.tsx'

/** What nobody in the conversation sees: signals as they rise, what is known, and what a person would be told. */
export function Inside({ simulation }: { readonly simulation: Simulation }) {
  const { vars, customer } = simulation.snapshot.machine.context
  const known = { ...customer, ...vars }
  const why = useMemo(() => whyOf(simulation), [simulation])
  return (
    <>
      {why !== null && <Explained why={why} flow={simulation.flow} />}
      <Decisions simulation={simulation} />
      <Watchers simulation={simulation} />
      <section className={style['section']} aria-labelledby="simulate-known">
        <Title order={3} size="h6" id="simulate-known">
          {words.simulate.variables}
        </Title>
        {Object.keys(known).length === 0 ? (
          <Text size="xs">{words.simulate.noVariables}</Text>
        ) : (
          <Facts facts={known} />
        )}
      </section>
      <Handoff simulation={simulation} />
    </>
  )
}

/** The package as it would be handed over at this step. */
function Handoff({ simulation }: { readonly simulation: Simulation }) {
  const rows = useMemo(() => {
    const { reason, summary, suggestedResolution, priority, attempted, missing, note } = simulation.handoff
    const tried = attempted.map(({ what, result }) => `${what}: ${result}`)
    const all: Readonly<Record<keyof typeof words.simulate.handoffRows, Json>> = {
      reason: reason.sentence,
      summary,
      suggestedResolution,
      priority,
      attempted: tried,
      missing,
      note,
    }
    return Object.fromEntries(
      Object.entries(all).flatMap(([key, value]) => {
        const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0)
        // The keys are those of `all`.
        return isEmpty ? [] : [[words.simulate.handoffRows[key as keyof typeof all], value]]
      }),
    )
  }, [simulation])
  return (
    <section className={style['section']} aria-labelledby="simulate-handoff">
      <Title order={3} size="h6" id="simulate-handoff">
        {words.simulate.handoff}
      </Title>
      <Facts facts={rows} />
    </section>
  )
}

function Facts({ facts }: { readonly facts: Readonly<Record<string, Json>> }) {
  return (
    <dl className={style['facts']}>
      {Object.entries(facts).map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{inWords(value)}</dd>
        </div>
      ))}
    </dl>
  )
}

function inWords(value: Json): string {
  if (typeof value === 'string') return value
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
    ? value.join('; ')
    : JSON.stringify(value)
}
