import { Alert, Drawer } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '#ui/client.ts'
import { Waiting } from '#ui/kit/Waiting.tsx'
import { useLive } from '../../live/store.ts'
import { overlays } from '../../shell/overlays.ts'
import { words } from '../../words/en.ts'
import styles from '../Conversation.module.css'
import { linesOf } from '../lines.ts'
import { LineView } from '../Transcript.tsx'

interface Props {
  readonly conversation: string
  readonly title: string
}

const PAGE = 1_000

/** An earlier conversation of the same customer, to read. */
export function EarlierSheet({ conversation, title }: Props) {
  const agents = useLive(({ desk }) => desk.agents)
  const { data, isError } = useQuery({
    queryKey: ['earlier', conversation],
    queryFn: () => api.log(conversation, { limit: PAGE }),
  })
  const lines = useMemo(() => {
    const names = new Map(agents.map(({ id, name }) => [id, name]))
    return linesOf(data?.items ?? [], (agent) => names.get(agent) ?? agent, words.conversation.unknown)
  }, [data, agents])
  return (
    <Drawer opened onClose={overlays.hide} position="right" size="min(560px, 100%)" title={title}>
      {isError ? (
        <Alert color="orange" variant="light">
          {words.conversation.missing.explain}
        </Alert>
      ) : data === undefined ? (
        <Waiting label={words.conversation.reading} />
      ) : (
        <div className={styles['lines']}>
          {lines.map((line) => (
            <LineView key={line.key} line={line} conversation={conversation} />
          ))}
        </div>
      )}
    </Drawer>
  )
}
