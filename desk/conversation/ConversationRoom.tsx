/** An open conversation: who it is, what was said, what can be answered, and the handoff package beside it. */
import { Button, Drawer } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import type { About, ConversationView } from '#ui/answers.ts'
import { api } from '#ui/client.ts'
import { ApiProblem } from '#ui/request.ts'
import { Waiting } from '#ui/kit/Waiting.tsx'
import { viewOf } from '../actions/scene.ts'
import { live, useLive, useOpen } from '../live/store.ts'
import { useMe } from '../session/me.ts'
import { useSettings } from '../settings/settings.ts'
import { Message } from '../shell/Message.tsx'
import { overlays, useOverlay } from '../shell/overlays.ts'
import { navigate, paths } from '../shell/route.ts'
import { words } from '../words/en.ts'
import { toggleContext, WIDE } from './actions.ts'
import { Composer } from './compose/Composer.tsx'
import { ContextPanel } from './context/ContextPanel.tsx'
import styles from './Conversation.module.css'
import { Header } from './Header.tsx'
import { customerName } from './naming.ts'
import { mayOf } from './standing.ts'
import { Standing } from './Standing.tsx'
import { Transcript } from './Transcript.tsx'
import { Unsent } from './Unsent.tsx'

export function ConversationRoom({ id }: { readonly id: string }) {
  useEffect(() => live.open(id), [id])
  const listed = useLive(({ desk }) => desk.conversations.get(id))
  const { view: followed, line } = useOpen(id)
  const seen = viewOf(listed, followed)
  const isForgotten = useLive(({ desk }) => desk.forgotten.has(id))
  // What no stream tells of (yet): a found one, a closed one, one of another team.
  const asked = useQuery({
    queryKey: ['conversation', id],
    queryFn: () => api.conversation(id),
    enabled: seen === null && !isForgotten,
  })
  if (isForgotten && seen === null) return <Forgotten id={id} />
  const view = seen ?? asked.data ?? null
  if (view !== null) return <Room view={view} about={listed?.about ?? null} />
  const isMissing = line === 'refused' || (asked.error instanceof ApiProblem && !asked.error.passes)
  return isMissing ? <Nothing {...words.conversation.missing} /> : <Waiting label={words.conversation.reading} />
}

/** It was shown here, and is kept no more: what was read of it beside goes too. */
function Forgotten({ id }: { readonly id: string }) {
  const queries = useQueryClient()
  useEffect(() => queries.removeQueries({ predicate: ({ queryKey }) => queryKey.includes(id) }), [queries, id])
  return <Nothing {...words.conversation.forgotten} />
}

function Nothing(why: { readonly title: string; readonly explain: string }) {
  return (
    <Message {...why}>
      <Button variant="default" onClick={() => navigate(paths.inbox)}>
        {words.conversation.back}
      </Button>
    </Message>
  )
}

/** What the list says of a conversation is not said of one that is not in it: the package tells who it is. */
export type KnownAbout = Pick<About, 'customer' | 'channel' | 'language' | 'page' | 'sla' | 'waitingSince'>

function Room({ view, about }: { readonly view: ConversationView; readonly about: About | null }) {
  const me = useMe()
  const { contextShown } = useSettings()
  const isWide = useMediaQuery(WIDE, true, { getInitialValueInEffect: false })
  const overlay = useOverlay()
  const known = useKnown(view, about)
  const name = customerName(known)
  const may = useMemo(() => mayOf(view, me), [view, me])
  const isBeside = isWide && contextShown
  return (
    <div className={styles['room']} data-beside={isBeside}>
      <section className={styles['talk']}>
        <Header view={view} about={known} name={name} may={may} />
        {!isWide && about !== null && (
          <button type="button" className={styles['glance']} onClick={toggleContext} dir="auto">
            {about.summary}
          </button>
        )}
        <Transcript id={view.id} name={name} />
        <Unsent id={view.id} may={may} />
        {may.reply || may.note ? (
          <Composer key={view.id} view={view} name={name} may={may} />
        ) : (
          <Standing view={view} may={may} />
        )}
      </section>
      {isBeside && <ContextPanel view={view} about={known} />}
      <Drawer
        opened={!isWide && overlay?.name === 'context'}
        onClose={overlays.hide}
        position="right"
        size="min(420px, 100%)"
        padding={0}
        title={words.context.label}
        styles={{ header: { padding: '10px 16px' } }}
      >
        <ContextPanel view={view} about={known} />
      </Drawer>
    </div>
  )
}

function useKnown(view: ConversationView, about: About | null): KnownAbout {
  const { data } = useQuery({ ...handoffQuery(view), enabled: about === null })
  return useMemo(() => {
    if (about !== null) return about
    const profile = data?.customer.profile ?? {}
    const text = (key: string): string | null => (typeof profile[key] === 'string' ? profile[key] : null)
    return {
      customer: { id: text('id'), name: text('name'), email: text('email') },
      channel: data?.channel ?? '',
      language: data?.language ?? '',
      page: data?.page ?? null,
      sla: null,
      waitingSince: null,
    }
  }, [about, data])
}

/** The package changes with who has the conversation, not with every word. */
export function handoffQuery({ id, owner, state }: ConversationView) {
  return { queryKey: ['handoff', id, owner, state], queryFn: () => api.handoff(id), staleTime: 60_000 }
}
