/** The canned replies: read, written and deleted by who leads. */
import { Alert, Button, Group, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiProblem } from '#ui/request.ts'
import { Icon } from '#ui/icon.tsx'
import type { CannedReply } from '#ui/answers.ts'
import { api } from '#ui/client.ts'
import { Waiting } from '#ui/kit/Waiting.tsx'
import { say } from '../shell/said.ts'
import { words } from '../words/en.ts'
import { ReplyDialog } from './ReplyDialog.tsx'
import styles from './Replies.module.css'

const text = words.replies
const LIST = ['canned replies']

export function Replies() {
  const queries = useQueryClient()
  const { data, isError } = useQuery({ queryKey: LIST, queryFn: api.cannedReplies })
  const [edited, setEdited] = useState<Awaited<ReturnType<typeof api.cannedReply>> | 'new' | null>(null)

  const changed = async (said: string): Promise<void> => {
    setEdited(null)
    say({ tone: 'good', text: said })
    await queries.invalidateQueries({ queryKey: LIST })
    await queries.invalidateQueries({ queryKey: ['canned'] })
  }
  const edit = async ({ id }: CannedReply): Promise<void> => {
    try {
      setEdited(await api.cannedReply(id))
    } catch (error) {
      say({ tone: 'warning', text: error instanceof ApiProblem ? error.detail : text.failed })
      await queries.invalidateQueries({ queryKey: LIST })
    }
  }
  const remove = async ({ id }: CannedReply): Promise<void> => {
    try {
      await api.deleteCannedReply(id)
      await changed(text.removed)
    } catch (error) {
      say({ tone: 'warning', text: error instanceof ApiProblem ? error.detail : '' })
    }
  }
  return (
    <main className={styles['room']} aria-label={text.title}>
      <Group justify="space-between" mb={4}>
        <h1>{text.title}</h1>
        <Button size="xs" leftSection={<Icon name="plus" size={15} />} onClick={() => setEdited('new')}>
          {text.add}
        </Button>
      </Group>
      <Text size="sm" c="dimmed" mb="md">
        {text.explain}
      </Text>
      {isError && (
        <Alert color="orange" variant="light" role="alert">
          {text.failed}
        </Alert>
      )}
      {data === undefined && !isError && <Waiting label={words.shell.loading} />}
      {data?.length === 0 && <Text size="sm">{text.none}</Text>}
      <ul className={styles['list']}>
        {data?.map((reply) => (
          <li key={reply.id}>
            <div className={styles['reply']}>
              <p>
                <code>/{reply.shortcut}</code> <strong dir="auto">{reply.title}</strong>
                {(reply.teams ?? []).length > 0 && <small>{reply.teams?.join(', ')}</small>}
              </p>
              <p className={styles['text']} dir="auto">
                {reply.text}
              </p>
            </div>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={text.edit(reply.title)}
              onClick={() => void edit(reply)}
            >
              <Icon name="edit" size={15} />
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={text.removeOf(reply.title)}
              onClick={() => void remove(reply)}
            >
              <Icon name="trash" size={15} />
            </Button>
          </li>
        ))}
      </ul>
      {edited !== null && (
        <ReplyDialog
          read={edited === 'new' ? null : edited}
          taken={(data ?? []).map(({ id }) => id)}
          onSaved={() => void changed(text.saved)}
          onClose={() => setEdited(null)}
        />
      )}
    </main>
  )
}
