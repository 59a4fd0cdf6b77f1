import { ActionIcon, Alert, Button, Group, Text, Title } from '@mantine/core'
import { Icon } from '#ui/icon.tsx'
import { Waiting } from '#ui/kit/Waiting.tsx'
import { useEditor } from '../document/store.ts'
import { KeepConversation } from '../simulate/scenarios/KeepConversation.tsx'
import { causeOf } from '../versions/reading.ts'
import { words } from '../words/en.ts'
import style from './Live.module.css'
import { Moments } from './Moments.tsx'
import type { Trouble } from './past.ts'
import { MOST_ENTRIES, useConversation, usePast } from './reading.ts'

const text = words.insights

interface Props {
  readonly id: string
  /** The entry of the log that is looked at; null follows the conversation as it goes on. */
  readonly seq: number | null
  readonly onBack: () => void
}

/** One conversation, event by event: its way is lit on the canvas, and all that was so at that moment is read here. */
export function Journey({ id, seq, onBack }: Props) {
  const { data, error, refetch } = useConversation(id)
  return (
    <div className={style['journey']}>
      <Group gap="xs" wrap="nowrap" className={style['top'] ?? ''}>
        <ActionIcon variant="default" aria-label={text.back} title={text.back} onClick={onBack} autoFocus>
          <Icon name="back" size={16} />
        </ActionIcon>
        <Title order={3} size="h6" className={style['id'] ?? ''}>
          {text.conversation(id)}
        </Title>
      </Group>
      {data ? (
        <Replayed known={data} seq={seq} />
      ) : error ? (
        <Alert m="md" color="red" variant="light" title={text.journeyFailed}>
          <Text size="sm">{causeOf(error)}</Text>
          <Button size="compact-sm" variant="default" mt="xs" onClick={() => void refetch()}>
            {text.again}
          </Button>
        </Alert>
      ) : (
        <Waiting label={text.reading} />
      )}
    </div>
  )
}

type Known = NonNullable<ReturnType<typeof useConversation>['data']>

function Replayed({ known, seq }: { readonly known: Known; readonly seq: number | null }) {
  const past = usePast(known)
  const flowId = useEditor((state) => state.flowId)
  if (past === undefined) return <Waiting label={text.reading} />
  const { flow } = known.conversation
  // A scenario needs all of it.
  const isWhole = !known.isCut && past.trouble === null && past.moments.length > 0
  return (
    <>
      {flow.id !== flowId && <Text className={style['note'] ?? ''}>{text.otherFlow(flow.id)}</Text>}
      {known.isCut && <Text className={style['note'] ?? ''}>{text.cut(MOST_ENTRIES)}</Text>}
      {past.trouble !== null && <Text className={style['note'] ?? ''}>{troubleInWords(past.trouble)}</Text>}
      {past.moments.length > 0 && (
        <Moments past={past} seq={seq}>
          {isWhole && <KeepConversation conversation={known.conversation.id} flowId={flow.id} lived={past.moments} />}
        </Moments>
      )}
    </>
  )
}

function troubleInWords(trouble: Trouble): string {
  switch (trouble.kind) {
    case 'trimmed':
      return text.trimmed
    case 'version':
      return text.noVersion(trouble.version)
    case 'differs':
      return text.differs(trouble.seq)
    default:
      return trouble satisfies never
  }
}
