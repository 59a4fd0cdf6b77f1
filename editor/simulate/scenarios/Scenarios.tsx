import { Alert, Button, CopyButton, EmptyState, Group, Text, TextInput } from '@mantine/core'
import { useDeferredValue, useEffect, useMemo, useRef, useState, type FormEvent } from 'react'
import { recordScenario, type Scenario } from '#engine/simulate/index.ts'
import { words } from '../../words/en.ts'
import { shownOf, type Run, type RunEvent } from '../run/run.ts'
import { answered, useAsked } from '../session.ts'
import { Bringing } from './Bringing.tsx'
import { Covering } from './Covering.tsx'
import { Noticing } from './Noticing.tsx'
import { runAll, scriptOf, settingOfScenario, turnAt } from './replay.ts'
import { Left } from './Left.tsx'
import { ScenarioCard } from './ScenarioCard.tsx'
import { fileText, shelf, useShelved } from './shelf.ts'
import { downloadScenarios } from './take.ts'

interface Props {
  readonly flowId: string
  readonly run: Run
  readonly send: (event: RunEvent) => void
  /** A scenario was opened as the run. */
  readonly onPlayed: () => void
}

/** The flow's scenarios, held against the flow as it is drawn now, and new ones from runs and files. */
export function Scenarios({ flowId, run, send, onPlayed }: Props) {
  const { scenarios, unread, isKept } = useShelved(flowId)
  const flow = useDeferredValue(run.flow)
  const results = useMemo(() => runAll(flow, scenarios), [flow, scenarios])
  const said = words.simulate.scenarios
  const playUpTo = (scenario: Scenario, step: number | null): void => {
    send({ type: 'opened', options: settingOfScenario(scenario), script: scriptOf(scenario) })
    if (step !== null) send({ type: 'turn.shown', turn: turnAt(scenario, step) })
    onPlayed()
  }
  return (
    <>
      <Text size="xs" mb="sm">
        {said.lead}
      </Text>
      <Saving run={run} taken={scenarios} onSave={(scenario) => shelf.add(flowId, [scenario])} />
      <Group gap={6} mt="xs">
        <Bringing onBrought={(brought) => shelf.add(flowId, brought)} />
        {scenarios.length > 0 && (
          <>
            <CopyButton value={fileText(flowId, scenarios)}>
              {({ copied, copy }) => (
                <Button size="compact-xs" variant="default" onClick={copy}>
                  {copied ? said.copied : said.copyAll}
                </Button>
              )}
            </CopyButton>
            <Button size="compact-xs" variant="default" onClick={() => downloadScenarios(flowId)}>
              {said.download}
            </Button>
          </>
        )}
      </Group>
      {!isKept && (
        <Alert mt="xs" p="xs" color="orange" variant="light" role="status">
          {said.notKept}
        </Alert>
      )}
      <Left unread={unread} onRemove={() => shelf.removeUnread(flowId)} />
      {results === null && (
        <Text size="sm" mt="md">
          {said.unread}
        </Text>
      )}
      {results !== null && results.length > 0 && (
        <Text size="sm" fw={600} mt="md" aria-live="polite">
          {said.passedOf(results.filter((each) => each.passed).length, results.length)}
        </Text>
      )}
      {scenarios.length === 0 && unread.length === 0 && (
        <EmptyState mt="lg" size="sm" title={said.none} description={said.noneMore} />
      )}
      {scenarios.map((scenario, index) => (
        <ScenarioCard
          key={scenario.name}
          scenario={scenario}
          result={results?.[index]}
          flowId={flowId}
          onPlay={(step) => playUpTo(scenario, step)}
          onRemove={() => shelf.remove(flowId, scenario.name)}
        />
      ))}
      {results !== null && (
        <>
          <Covering flow={flow} results={results} onKeep={(written) => shelf.add(flowId, written)} />
          <Noticing flow={flow} scenarios={scenarios} allPass={results.every((each) => each.passed)} />
        </>
      )}
    </>
  )
}

interface SavingProps {
  readonly run: Run
  readonly taken: readonly Scenario[]
  readonly onSave: (scenario: Scenario) => void
}

/** The run up to the step that is shown, under the promise that it keeps. */
function Saving({ run, taken, onSave }: SavingProps) {
  const [name, setName] = useState('')
  const simulation = shownOf(run)
  const promise = name.trim()
  const isNothing = simulation === null || simulation.last.turn === 0
  const said = words.simulate.scenarios
  const field = useRef<HTMLInputElement>(null)
  const asked = useAsked('name')
  useEffect(() => {
    if (!asked) return
    answered()
    field.current?.focus()
  }, [asked])
  const save = (event: FormEvent): void => {
    event.preventDefault()
    if (simulation === null || promise === '') return
    onSave(recordScenario(simulation, promise))
    setName('')
    // The button is disabled now, and a disabled one swallows every key.
    field.current?.focus()
  }
  return (
    <form onSubmit={save}>
      <Group gap={6} align="end" wrap="nowrap">
        <TextInput
          ref={field}
          size="xs"
          flex={1}
          label={said.name}
          placeholder={said.namePlaceholder}
          maxLength={200}
          value={name}
          disabled={isNothing}
          description={
            isNothing ? said.nothing : taken.some((each) => each.name === promise) ? said.replaces : undefined
          }
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button size="xs" type="submit" disabled={isNothing || promise === ''}>
          {said.save}
        </Button>
      </Group>
    </form>
  )
}
