import { Badge, Group, Text, Title, UnstyledButton } from '@mantine/core'
import {
  needsOf,
  type Flow,
  type GuardAsked,
  type Looked,
  type Outcome,
  type TriggerWhy,
  type Why,
} from '#engine/index.ts'
import { editor } from '../../document/store.ts'
import { words } from '../../words/en.ts'
import { nodeName } from '../run/names.ts'
import style from './Inside.module.css'

const said = words.why
const COLOURS: Readonly<Record<Outcome, string>> = {
  fired: 'orange',
  matched: 'yellow',
  held: 'grape',
  silent: 'gray',
  unasked: 'gray',
}

/** Why the latest event did what it did: the triggers with what each would have needed, and the ways that were asked. */
export function Explained({ why, flow }: { readonly why: Why; readonly flow: Flow }) {
  const { sentence, triggers, guards, unasked } = why
  return (
    <section className={style['section']} aria-labelledby="simulate-why">
      <Title order={3} size="h6" id="simulate-why">
        {said.title}
      </Title>
      <Text size="sm" mt={4}>
        {sentence}
      </Text>
      {unasked === null && triggers.length > 0 && (
        <ul className={style['decisions']} aria-label={said.triggers}>
          {triggers.map((trigger) => (
            <Trigger key={trigger.trigger} trigger={trigger} name={nodeName(flow, trigger.trigger)} />
          ))}
        </ul>
      )}
      {guards.length > 0 && (
        <>
          <Text size="xs" fw={600} mt="xs">
            {said.ways}
          </Text>
          <ol className={style['decisions']}>
            {guards.map((guard, index) => (
              <Guard key={index} guard={guard} flow={flow} />
            ))}
          </ol>
        </>
      )}
    </section>
  )
}

function Trigger({
  trigger: { trigger, outcome, needs },
  name,
}: {
  readonly trigger: TriggerWhy
  readonly name: string
}) {
  return (
    <li>
      <Group justify="space-between" gap={6} wrap="nowrap" align="start">
        <UnstyledButton className={style['name'] ?? ''} onClick={() => editor.focusNode(trigger)}>
          {name}
        </UnstyledButton>
        <Badge variant="light" size="sm" tt="none" flex="none" autoContrast color={COLOURS[outcome]}>
          {said.outcomes[outcome]}
        </Badge>
      </Group>
      {needs !== undefined && <Text size="xs">{said.needed(needs)}</Text>}
    </li>
  )
}

function Guard({
  guard: { node, asks, held, to, ways, conditions },
  flow,
}: {
  readonly guard: GuardAsked
  readonly flow: Flow
}) {
  const [way] = ways
  return (
    <li>
      <Group justify="space-between" gap={6} wrap="nowrap" align="start">
        <UnstyledButton className={style['name'] ?? ''} onClick={() => editor.focusNode(node)}>
          {nodeName(flow, node)}
        </UnstyledButton>
        <Badge variant="light" size="sm" tt="none" flex="none" color={held ? 'green' : 'gray'}>
          {held ? said.yes : said.no}
        </Badge>
      </Group>
      <Text size="xs">{asks}</Text>
      {conditions.map((condition) => (
        <Condition key={condition.source} condition={condition} />
      ))}
      <Text size="xs" c="var(--text-dim)">
        {to === null ? said.stays(way?.outlet) : said.leads(way?.outlet, nodeName(flow, to))}
      </Text>
    </li>
  )
}

function Condition({ condition }: { readonly condition: Looked }) {
  const { source, value, reads } = condition
  const read = reads.map(({ name, value: read }) => said.read(name, read === undefined ? null : JSON.stringify(read)))
  return (
    <Text size="xs" component="div">
      <code className={style['source']}>{source}</code>
      <div>{value === true ? read.join(', ') : needsOf(condition)}</div>
    </Text>
  )
}
