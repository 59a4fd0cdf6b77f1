import { Badge, Group, Text, Title } from '@mantine/core'
import { useMemo } from 'react'
import type { Simulation } from '#engine/simulate/index.ts'
import { words } from '../../words/en.ts'
import { decisionsOf, type Decision } from '../run/decisions.ts'
import { hourTime } from '../run/time.ts'
import style from './Inside.module.css'

const said = words.simulate.decisions
const COLOURS: Readonly<Record<Decision['outcome'], string>> = {
  open: 'blue',
  accepted: 'green',
  declined: 'orange',
  missed: 'orange',
  withdrawn: 'gray',
}

/** Who was asked to take over, why they and not others; nothing before somebody was. */
export function Decisions({ simulation }: { readonly simulation: Simulation }) {
  const decisions = useMemo(() => decisionsOf(simulation), [simulation])
  if (decisions.length === 0) return null
  return (
    <section className={style['section']} aria-labelledby="simulate-decisions">
      <Title order={3} size="h6" id="simulate-decisions">
        {said.title}
      </Title>
      <ol className={style['decisions']}>
        {decisions.map((decision) => (
          <Made key={`${decision.step} ${decision.agent.id}`} decision={decision} simulation={simulation} />
        ))}
      </ol>
    </section>
  )
}

function Made({ decision, simulation }: { readonly decision: Decision; readonly simulation: Simulation }) {
  const { agent, at, reason, skipped, outcome } = decision
  const { timezone, language } = simulation.flow
  return (
    <li>
      <Group justify="space-between" gap={6} wrap="nowrap">
        <Text size="sm" fw={600} lineClamp={1}>
          {hourTime(at, timezone, language)} · {agent.name}
        </Text>
        <Badge variant="light" size="sm" tt="none" color={COLOURS[outcome]}>
          {said.outcomes[outcome]}
        </Badge>
      </Group>
      {reason !== null && <Text size="xs">{said.because(whyOf(reason, agent.name))}</Text>}
      {skipped.map((each) => (
        <Text key={each.agent.id} size="xs" c="var(--text-dim)">
          {said.skipped(each.agent.name, each.why)}
        </Text>
      ))}
    </li>
  )
}

/** The reason without the name it begins with, and without those who were passed over: they stand below it. */
function whyOf(reason: string, name: string): string {
  const [own = reason] = reason.split('; ')
  return own.startsWith(`${name}: `) ? own.slice(name.length + 2) : own
}
