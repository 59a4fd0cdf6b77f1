import { Badge, Button, Group, Text, Title, UnstyledButton } from '@mantine/core'
import type { ConversationView } from '#ui/answers.ts'
import { cardOf } from '../document/card.ts'
import { nodeOf } from '../document/document.ts'
import { editor, useEditor } from '../document/store.ts'
import { words } from '../words/en.ts'
import style from './Live.module.css'

const text = words.insights

type Groups = ReadonlyMap<string, readonly ConversationView[]>

interface Props {
  readonly groups: Groups
  readonly onOpen: (conversation: string) => void
}

/** The steps at which somebody stands, or the conversations at the one step that is selected. */
export function Steps({ groups, onOpen }: Props) {
  const selected = useEditor(({ selection }) => (selection.nodes.size === 1 ? [...selection.nodes][0] : undefined))
  return selected === undefined ? (
    <StepList groups={groups} onOpen={onOpen} />
  ) : (
    <AtStep node={selected} here={groups.get(selected) ?? []} onOpen={onOpen} />
  )
}

function StepList({ groups, onOpen }: Props) {
  const document = useEditor((state) => state.document)
  const drawn = [...groups].flatMap(([id, here]) => {
    const node = nodeOf(document, id)
    return node === undefined ? [] : [{ node, here }]
  })
  const elsewhere = [...groups].flatMap(([id, here]) => (nodeOf(document, id) === undefined ? here : []))
  return (
    <>
      <ul className={style['rows']} aria-label={text.steps}>
        {drawn.map(({ node, here }) => (
          <li key={node.id}>
            <UnstyledButton className={style['row']} onClick={() => editor.focusNode(node.id)}>
              <span>
                {cardOf(node).title}
                <span className={style['quiet']}>{cardOf(node).sentence}</span>
              </span>
              <Badge variant="light" color="gray" c={colour(cardOf(node).phase)} bg={soft(cardOf(node).phase)}>
                {here.length}
              </Badge>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {elsewhere.length > 0 && (
        <section aria-label={text.elsewhere} className={style['part']}>
          <Title order={3} size="h6">
            {text.elsewhere}
          </Title>
          <Text size="xs" c="dimmed">
            {text.elsewhereMore}
          </Text>
          <Conversations label={text.elsewhere} conversations={elsewhere} onOpen={onOpen} />
        </section>
      )}
    </>
  )
}

interface AtStepProps {
  readonly node: string
  readonly here: readonly ConversationView[]
  readonly onOpen: (conversation: string) => void
}

function AtStep({ node: id, here, onOpen }: AtStepProps) {
  const node = useEditor(({ document }) => nodeOf(document, id))
  const name = node === undefined ? id : cardOf(node).sentence
  return (
    <section className={style['part']} aria-label={text.list(name)}>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Title order={3} size="h6">
          {name}
        </Title>
        <Button size="compact-xs" variant="default" flex="none" onClick={() => editor.select([])}>
          {text.allSteps}
        </Button>
      </Group>
      <Text size="xs" c="dimmed" aria-live="polite">
        {here.length === 0 ? text.nobodyHere : text.here(here.length)}
      </Text>
      <Conversations label={text.list(name)} conversations={here} onOpen={onOpen} />
    </section>
  )
}

/** More rows than this are not drawn; whoever looks for one among so many searches the desk. */
const ROWS = 200

interface ConversationsProps {
  readonly label: string
  readonly conversations: readonly ConversationView[]
  readonly onOpen: (conversation: string) => void
}

function Conversations({ label, conversations, onOpen }: ConversationsProps) {
  return (
    <ul className={style['rows']} aria-label={label}>
      {conversations.slice(0, ROWS).map(({ id, phase, agent, flow }) => (
        <li key={id}>
          <UnstyledButton className={style['row']} title={text.look(id)} onClick={() => onOpen(id)}>
            <span className={style['id']}>
              {id}
              <span className={style['quiet']}>
                {agent?.name ?? text.phases[phase]} · {text.version(flow.version)}
              </span>
            </span>
          </UnstyledButton>
        </li>
      ))}
      {conversations.length > ROWS && <li className={style['quiet']}>{text.more(conversations.length - ROWS)}</li>}
    </ul>
  )
}

function colour(phase: string): string {
  return `var(--phase-${phase})`
}

function soft(phase: string): string {
  return `var(--phase-${phase}-soft)`
}
