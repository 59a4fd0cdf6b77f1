/** The handoff package beside the conversation: what one must know before the first word, the most pressing first. */
import { ActionIcon, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { HandoffPackage, Json } from '#engine/index.ts'
import { Icon } from '#ui/icon.tsx'
import type { ConversationView } from '#ui/answers.ts'
import { Waiting } from '#ui/kit/Waiting.tsx'
import { reach } from '../../actions/focus.ts'
import { now } from '../../clock/clock.ts'
import { moment } from '../../clock/telling.ts'
import { useMe } from '../../session/me.ts'
import { changeDraft, draft } from '../../session/work.ts'
import { overlays } from '../../shell/overlays.ts'
import { words } from '../../words/en.ts'
import { toggleContext } from '../actions.ts'
import { handoffQuery, type KnownAbout } from '../ConversationRoom.tsx'
import { asSentence } from '../naming.ts'
import { mayOf } from '../standing.ts'
import styles from './Context.module.css'
import { Decisions } from './Decisions.tsx'
import { Mood } from './Mood.tsx'

const text = words.context

interface Props {
  readonly view: ConversationView
  readonly about: KnownAbout
}

export function ContextPanel({ view, about }: Props) {
  const { data, isError, refetch } = useQuery(handoffQuery(view))
  return (
    <aside className={styles['panel']} aria-label={text.label}>
      <div className={styles['head']}>
        <h2>{text.label}</h2>
        <ActionIcon variant="subtle" color="gray" c="var(--text-dim)" aria-label={text.close} onClick={toggleContext}>
          <Icon name="close" size={16} />
        </ActionIcon>
      </div>
      {data !== undefined ? (
        <Package handoff={data} view={view} about={about} />
      ) : isError ? (
        <div className={styles['failed']} role="alert">
          {text.failed}
          <Button size="xs" variant="default" onClick={() => void refetch()}>
            {text.again}
          </Button>
        </div>
      ) : (
        <Waiting label={text.reading} />
      )}
    </aside>
  )
}

function Package({ handoff, view, about }: Props & { readonly handoff: HandoffPackage }) {
  const me = useMe()
  const {
    summary,
    reason,
    intents,
    entities,
    sentiment,
    attempted,
    suggestedResolution,
    missing,
    variables,
    note,
    customer,
  } = handoff
  const canReply = mayOf(view, me).reply
  // One signal alone is often the whole reason.
  const signals = reason.signals.filter(({ sentence }) => sentence !== reason.sentence)
  const known = [...pairs(variables), ...pairs(entities).filter(([name]) => variables[name] === undefined)]
  return (
    <div className={styles['body']}>
      <section className={styles['summary']} aria-label={text.summary}>
        <p dir="auto">{summary}</p>
      </section>
      <Part title={text.reason}>
        <p dir="auto">{asSentence(reason.sentence)}</p>
        {signals.length > 0 && (
          <ul className={styles['signals']}>
            {signals.map((each) => (
              <li key={each.signal} dir="auto">
                {asSentence(each.sentence)}
              </li>
            ))}
          </ul>
        )}
        {reason.others.length > 0 && (
          <p className={styles['dim']}>
            {text.others}: {reason.others.flatMap(({ signals }) => signals.map(({ sentence }) => sentence)).join(' · ')}
          </p>
        )}
      </Part>
      <Decisions view={view} />
      {note !== null && (
        <Part title={text.note}>
          <p className={styles['note']} dir="auto">
            {note}
          </p>
        </Part>
      )}
      {suggestedResolution !== null && (
        <Part title={text.suggested}>
          <p dir="auto">{suggestedResolution}</p>
          {canReply && (
            <Button size="compact-xs" variant="light" mt={4} onClick={() => use(view.id, suggestedResolution)}>
              {text.use}
            </Button>
          )}
        </Part>
      )}
      {missing.length > 0 && (
        <Part title={text.missing} help={text.missingHelp}>
          <ul className={styles['tags']}>
            {missing.map((name) => (
              <li key={name} data-tone="warning">
                <bdi>{spaced(name)}</bdi>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {known.length > 0 && (
        <Part title={text.known} help={text.knownHelp}>
          <Pairs of={known} />
        </Part>
      )}
      {intents.length > 0 && (
        <Part title={text.intents}>
          <ul className={styles['tags']}>
            {distinct(intents).map(({ intent, confidence }) => (
              <li key={intent}>
                <bdi>{spaced(intent)}</bdi>
                {confidence !== null && <small>{text.confidence(Math.round(confidence * 100))}</small>}
              </li>
            ))}
          </ul>
        </Part>
      )}
      {sentiment.length > 0 && (
        <Part title={text.mood}>
          <Mood sentiment={sentiment} />
        </Part>
      )}
      {attempted.length > 0 && (
        <Part title={text.attempted}>
          <ol className={styles['tried']}>
            {attempted.map((each, index) => (
              <li key={index}>
                <span dir="auto">{each.what}</span>
                <small dir="auto">{each.result}</small>
              </li>
            ))}
          </ol>
        </Part>
      )}
      <Part title={text.customer}>
        <Customer handoff={handoff} about={about} view={view} />
      </Part>
      {customer.history.length > 0 && (
        <Part title={text.earlier}>
          <Earlier history={customer.history} />
        </Part>
      )}
    </div>
  )
}

function Customer({ handoff, view }: Props & { readonly handoff: HandoffPackage }) {
  const { customer, page, language, channel } = handoff
  const profile = pairs(customer.profile)
  return (
    <>
      {profile.length === 0 && <p className={styles['dim']}>{text.noProfile}</p>}
      <Pairs
        of={[
          ...profile,
          ...(page === null ? [] : [[text.page, page] as const]),
          [text.language, language],
          [text.channel, channel],
          [text.flow, `${view.flow.id} ${view.flow.version}`],
        ]}
      />
    </>
  )
}

function Earlier({ history }: { readonly history: HandoffPackage['customer']['history'] }) {
  return (
    <ul className={styles['earlier']}>
      {history.map(({ id, at, summary, resolution }) => {
        const when = moment(Date.parse(at), now())
        return (
          <li key={id}>
            <button
              type="button"
              aria-label={text.openEarlier(summary, when)}
              onClick={() => overlays.show({ name: 'earlier', conversation: id, title: text.earlierTitle(when) })}
            >
              <small>
                {when} · {resolution ?? text.unresolved}
              </small>
              <span dir="auto">{summary}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}

interface PartProps {
  readonly title: string
  readonly help?: string
  readonly children: ReactNode
}

function Part({ title, help, children }: PartProps) {
  return (
    <section className={styles['part']}>
      <h3 title={help}>{title}</h3>
      {children}
    </section>
  )
}

function Pairs({ of }: { readonly of: readonly (readonly [string, string])[] }) {
  return (
    <dl className={styles['pairs']}>
      {of.map(([name, value]) => (
        <div key={name}>
          <dt>
            <bdi>{spaced(name)}</bdi>
          </dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Puts it after what is being written. */
function use(conversation: string, suggested: string): void {
  const { reply } = draft(conversation)
  changeDraft(conversation, { reply: reply === '' ? suggested : `${reply}\n${suggested}`, mode: 'reply' })
  reach('reply')
}

function pairs(values: Readonly<Record<string, Json>>): readonly (readonly [string, string])[] {
  return Object.entries(values).flatMap(([name, value]) =>
    value === null || value === '' ? [] : [[name, inWords(value)] as const],
  )
}

function inWords(value: Json): string {
  if (Array.isArray(value)) return value.map(inWords).join(', ')
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
}

/** `orderNumber`, `order_status` as people read them. */
function spaced(name: string): string {
  const parted = name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replaceAll(/[_-]+/g, ' ')
  return parted.slice(0, 1).toUpperCase() + parted.slice(1).toLowerCase()
}

/** Each intent once, as it was heard last. */
function distinct(intents: HandoffPackage['intents']): HandoffPackage['intents'] {
  return [...new Map(intents.map((each) => [each.intent, each])).values()].reverse()
}
