/** What is offered to me rings until it is answered; where the list is not in sight, it is shown above the room. */
import { useMediaQuery } from '@mantine/hooks'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import type { DeskConversation } from '#ui/answers.ts'
import { customerName } from '../conversation/naming.ts'
import { standingOf } from '../conversation/standing.ts'
import { answeredByKey, byUntil } from '../inbox/sections.ts'
import { useLive } from '../live/store.ts'
import { useMe } from '../session/me.ts'
import { sendings } from '../session/work.ts'
import { settings } from '../settings/settings.ts'
import { navigate, paths, useRoute } from '../shell/route.ts'
import { words } from '../words/en.ts'
import { notice } from './notices.ts'
import { OfferCard } from './OfferCard.tsx'
import styles from './Offers.module.css'
import { ring } from './sound.ts'
import { useTitle } from './title.ts'

const text = words.offers
const RING_EVERY = 4_000
/** List and conversation have the screen in turns. */
const NARROW = '(max-width: 48em)'

export function Ringing() {
  const me = useMe()
  const conversations = useLive(({ desk }) => desk.conversations)
  const offers = useMemo(
    () => [...conversations.values()].filter((each) => standingOf(each, me) === 'offered').toSorted(byUntil),
    [conversations, me],
  )
  useRinging(offers)
  useTitle(offers.length)
  const route = useRoute()
  const isNarrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false })
  const opened = route.page === 'inbox' ? route.conversation : null
  // The list shows what is offered by itself.
  const isInSight = route.page === 'inbox' && (!isNarrow || opened === null)
  return (
    <>
      <p className="unseen" role="alert">
        {offers.map(({ about }) => text.title(customerName(about))).join('. ')}
      </p>
      {!isInSight && offers.length > 0 && (
        <section className={styles['strip']} aria-label={text.label}>
          {offers.map((each) => (
            <OfferCard key={each.id} offer={each} isFirst={each === answeredByKey(offers, opened)} />
          ))}
        </section>
      )}
    </>
  )
}

/** Rings for as long as something is offered, and tells of each offer once beyond the page. */
function useRinging(offers: readonly DeskConversation[]): void {
  const told = useRef(new Set<string>())
  const isRinging = offers.length > 0
  const sound = useCallback(() => {
    // An answer that is on its way has been heard.
    const isAnswered = sendings().some(({ event, state }) => event.type === 'agent.accept' && state !== 'answered')
    if (settings.state().sound && !isAnswered) ring()
  }, [])
  useEffect(() => {
    if (!isRinging) return
    sound()
    const timer = setInterval(sound, RING_EVERY)
    return () => clearInterval(timer)
  }, [isRinging, sound])
  useEffect(() => {
    const ids = new Set(offers.map(({ id }) => id))
    for (const id of told.current) if (!ids.has(id)) told.current.delete(id)
    for (const { id, about } of offers) {
      if (told.current.has(id)) continue
      told.current.add(id)
      notice(text.notice(customerName(about)), about.reason ?? about.summary, `offer ${id}`, () =>
        navigate(paths.conversation(id)),
      )
    }
  }, [offers])
}
