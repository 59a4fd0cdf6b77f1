import { Alert, Button, EmptyState, Loader, Text } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { DryRun, DryRunRequest } from '#ui/dry-run.ts'
import { api } from '#ui/client.ts'
import { ApiProblem } from '#ui/request.ts'
import { sameJson } from '../document/same-json.ts'
import { words } from '../words/en.ts'
import { dayBeside, dayInWords, yesterday } from './day.ts'
import { AS_IT_WAS, changesNothing, requestOf, type Plan, type PlanFor } from './plan.ts'
import { PlanForm } from './PlanForm.tsx'
import { readRules } from './queue-rules.ts'
import { Result } from './Result.tsx'
import classes from './Staffing.module.css'

const said = words.staffing

interface StaffingProps {
  readonly team: string
  /** The queue node's data, as it is drawn. */
  readonly queue: unknown
  readonly timezone: string
}

/** The plan on one side, what comes of it on the other. The day as it was is played at once. */
export function Staffing({ team, queue, timezone }: StaffingProps) {
  const [day, setDay] = useState(() => yesterday(Date.now(), timezone))
  const [plan, setPlan] = useState(AS_IT_WAS)
  const [asked, setAsked] = useState<DryRunRequest>(() => ({ day, timezone }))
  const run = useDryRun(team, asked)
  const { data } = run
  // Who worked on another day is not known before that day was played.
  const known = data?.day === day ? data.staff.asItWas : undefined
  const planned: PlanFor = { day, timezone, queue: readRules(queue), staff: known }
  const play = (next: Plan = plan, on: string = day): void => {
    const staff = on === data?.day ? planned.staff : undefined
    setAsked(requestOf(next, { ...planned, day: on, staff }))
  }
  const chooseDay = (next: string): void => {
    const kept: Plan = plan.people === 'oneByOne' ? { ...plan, people: 'asItWas', shifts: [] } : plan
    setDay(next)
    setPlan(kept)
    play({ ...kept, capacity: null }, next)
  }
  return (
    <div className={classes['staffing']}>
      <PlanForm
        plan={plan}
        planned={planned}
        isBusy={run.isFetching}
        onDay={chooseDay}
        onPlan={setPlan}
        onPlay={() => play()}
        onReset={() => {
          setPlan(AS_IT_WAS)
          play(AS_IT_WAS)
        }}
      />
      <section className={classes['result']} aria-busy={run.isFetching} aria-live="polite">
        {run.isFetching ? <Playing /> : null}
        {run.error ? (
          <Failed error={run.error} onAgain={() => void run.refetch()} />
        ) : data === undefined ? null : (
          <Played
            run={data}
            isAsItWas={changesNothing(asked)}
            isStale={!run.isFetching && !sameJson(asked, requestOf(plan, planned))}
            onBefore={() => chooseDay(dayBeside(day, -1))}
          />
        )}
      </section>
    </div>
  )
}

function useDryRun(team: string, asked: DryRunRequest) {
  return useQuery({
    queryKey: ['dryRun', team, asked],
    queryFn: ({ signal }) => api.dryRun(team, asked, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
}

function Playing() {
  return (
    <div className={classes['playing']} role="status">
      <Loader size="xs" type="dots" aria-hidden="true" />
      <Text size="sm">{said.loading}</Text>
    </div>
  )
}

interface PlayedProps {
  readonly run: DryRun
  readonly isStale: boolean
  readonly isAsItWas: boolean
  readonly onBefore: () => void
}

function Played({ run, isStale, isAsItWas, onBefore }: PlayedProps) {
  if (run.measured.totals.arrivals === 0) {
    return (
      <EmptyState my="xl" title={said.empty.title(dayInWords(run.day))} description={said.empty.explain(run.team)}>
        <EmptyState.Actions>
          <Button variant="default" onClick={onBefore}>
            {said.before}
          </Button>
        </EmptyState.Actions>
      </EmptyState>
    )
  }
  return (
    <>
      {isStale ? (
        <Alert variant="light" color="yellow" p="xs" mb="sm">
          {said.stale}
        </Alert>
      ) : null}
      <Result run={run} isAsItWas={isAsItWas} />
    </>
  )
}

function Failed({ error, onAgain }: { readonly error: Error; readonly onAgain: () => void }) {
  const details = error instanceof ApiProblem ? error.errors.map(({ message }) => message) : []
  return (
    <Alert color="red" variant="light" title={said.failed} role="alert">
      <Text size="sm">{error.message}</Text>
      {details.map((each) => (
        <Text key={each} size="sm">
          {each}
        </Text>
      ))}
      <Button mt="sm" size="xs" variant="default" onClick={onAgain}>
        {said.again}
      </Button>
    </Alert>
  )
}
