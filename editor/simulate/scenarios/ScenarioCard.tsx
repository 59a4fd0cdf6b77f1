import { ActionIcon, Button, CopyButton, Group, Menu, Text } from '@mantine/core'
import type { Json } from '#engine/index.ts'
import type { Failure, Scenario, ScenarioResult } from '#engine/simulate/index.ts'
import { Icon } from '#ui/icon.tsx'
import { words } from '../../words/en.ts'
import style from './Scenarios.module.css'
import { fileText } from './shelf.ts'

interface Props {
  readonly flowId: string
  readonly scenario: Scenario
  /** Absent while the flow cannot be read. */
  readonly result: ScenarioResult | undefined
  /** Opens it as the run, at the step of a failure or at its end. */
  readonly onPlay: (step: number | null) => void
  readonly onRemove: () => void
}

/** One scenario: whether it holds, and where not, what was expected and what is. */
export function ScenarioCard({ flowId, scenario, result, onPlay, onRemove }: Props) {
  const said = words.simulate.scenarios
  return (
    <article className={style['scenario']} aria-label={scenario.name}>
      <Group gap={8} wrap="nowrap" align="start">
        {result !== undefined && (
          <span
            className={style['sign']}
            data-passed={result.passed}
            role="img"
            aria-label={result.passed ? said.passed : said.failed}
          >
            <Icon name={result.passed ? 'check' : 'close'} size={18} />
          </span>
        )}
        <span className={style['name']} style={{ flex: 1 }}>
          {scenario.name}
        </span>
        <Button size="compact-xs" variant="light" onClick={() => onPlay(null)}>
          {said.play}
        </Button>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon size="sm" variant="subtle" color="gray" aria-label={said.more(scenario.name)}>
              <Icon name="dots" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <CopyButton value={fileText(flowId, [scenario])}>
              {({ copy }) => <Menu.Item onClick={copy}>{said.copy}</Menu.Item>}
            </CopyButton>
            <Menu.Item c="var(--danger)" onClick={onRemove}>
              {said.remove}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      <Text size="xs" c="var(--text-dim)">
        {said.steps(scenario.steps.length)}
      </Text>
      {result !== undefined && !result.passed && (
        <ul className={style['failures']}>
          {result.failures.map((failure, index) => (
            <FailureRow key={index} failure={failure} onShow={() => onPlay(failure.step)} />
          ))}
        </ul>
      )}
    </article>
  )
}

function FailureRow({ failure, onShow }: { readonly failure: Failure; readonly onShow: () => void }) {
  const said = words.simulate.scenarios
  const isPlain = failure.expected !== null
  return (
    <li className={style['failure']}>
      <Group justify="space-between" wrap="nowrap">
        <strong>
          {failure.step < 0 ? said.atStart : said.atStep(failure.step + 1)} · {failure.what}
        </strong>
        <Button size="compact-xs" variant="subtle" onClick={onShow}>
          {said.show}
        </Button>
      </Group>
      {isPlain ? (
        <dl className={style['difference']}>
          <dt>{said.expected}</dt>
          <dd data-side="expected">{inWords(failure.expected)}</dd>
          <dt>{said.actual}</dt>
          <dd data-side="actual">{inWords(failure.actual)}</dd>
        </dl>
      ) : (
        <span>{failure.message}</span>
      )}
    </li>
  )
}

function inWords(value: Json): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.every((each) => typeof each === 'string'))
    return value.length === 0 ? '–' : value.join('\n')
  return value === null ? '–' : JSON.stringify(value)
}
