import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { DeskConversation } from '#ui/answers.ts'
import { api } from '#ui/client.ts'
import { Age } from '../clock/Age.tsx'
import { SlaChip } from '../clock/SlaChip.tsx'
import { accept, decline } from '../conversation/acts.ts'
import { asSentence, customerName } from '../conversation/naming.ts'
import { useMe } from '../session/me.ts'
import { useSendings } from '../session/work.ts'
import { Keys } from '#ui/kit/Keys.tsx'
import { navigate, paths } from '../shell/route.ts'
import { words } from '../words/en.ts'
import { Countdown } from './Countdown.tsx'
import styles from './Offers.module.css'
import { wholeOf } from './whole.ts'

const text = words.offers

interface Props {
  readonly offer: DeskConversation
  /** The keys answer the first. */
  readonly isFirst: boolean
  readonly opened?: boolean
}

/** An offer: who, why, how long it still rings, and the answer. */
export function OfferCard({ offer, isFirst, opened = false }: Props) {
  const me = useMe()
  const name = customerName(offer.about)
  const until = Date.parse(offer.queue?.offeredUntil ?? offer.about.offer?.until ?? '')
  const team = offer.queue?.team
  const { data: teams = [] } = useQuery({ queryKey: ['teams'], queryFn: api.teams, staleTime: 60_000 })
  const whole = wholeOf(teams.find(({ id }) => id === team)?.offerFor)
  const isUnderway = useSendings().some(
    ({ conversation, event, state }) =>
      conversation === offer.id &&
      state !== 'answered' &&
      (event.type === 'agent.accept' || event.type === 'agent.decline'),
  )
  return (
    <article className={styles['offer']} data-open={opened} aria-label={text.title(name)}>
      <Countdown until={until} whole={whole} />
      <div className={styles['about']}>
        <p className={styles['title']}>
          <a
            href={paths.conversation(offer.id)}
            onClick={(event) => {
              event.preventDefault()
              navigate(paths.conversation(offer.id))
            }}
          >
            <bdi>{name}</bdi>
          </a>
          <span>
            {text.waited} <Age at={offer.queue?.waitingSince ?? offer.about.startedAt} />
          </span>
        </p>
        <p className={styles['summary']} dir="auto">
          {asSentence(offer.about.reason ?? offer.about.summary)}
        </p>
        {offer.about.offer?.reason !== undefined && (
          <p className={styles['why']}>{text.why(offer.about.offer.reason)}</p>
        )}
        <p className={styles['chips']}>
          <SlaChip about={offer.about} />
          {offer.queue !== undefined && <bdi>{offer.queue.team}</bdi>}
        </p>
        <div className={styles['ways']}>
          <Button
            size="xs"
            loading={isUnderway}
            onClick={() => void accept(offer, me)}
            rightSection={isFirst && <Keys of="A" />}
          >
            {text.accept}
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={isUnderway}
            onClick={() => void decline(offer, me)}
            rightSection={isFirst && <Keys of="X" />}
          >
            {text.decline}
          </Button>
        </div>
      </div>
    </article>
  )
}
