import { ActionIcon, Alert, Button, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useId, useMemo, useState, type ReactNode } from 'react'
import type { ShownMessage } from '#ui/answers.ts'
import type { BacktestCourse, BacktestDifference } from '#ui/backtest.ts'
import { api } from '#ui/client.ts'
import { Icon } from '#ui/icon.tsx'
import { Waiting } from '#ui/kit/Waiting.tsx'
import { useEditor } from '../document/store.ts'
import { openJourney } from '../insights/opened.ts'
import { overlays } from '../shell/overlays.ts'
import { causeOf } from '../versions/reading.ts'
import { words } from '../words/en.ts'
import classes from './Compared.module.css'
import { momentIn } from './Differences.tsx'
import { detailOf, type Asked } from './run.ts'
import { beside } from './said.ts'
import { useCourseWords } from './useCourseWords.ts'

const said = words.backtest
const KeepIt = lazy(() => import('./KeepIt.tsx').then(({ KeepIt }) => ({ default: KeepIt })))

interface Props {
  readonly asked: Asked
  readonly difference: BacktestDifference
  readonly onBack: () => void
}

/** One conversation as it was, beside what it would have been with the draft. */
export function Compared({ asked, difference, onBack }: Props) {
  const { conversation, at, what } = difference
  const timezone = useEditor((state) => state.document.timezone)
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['backtest', asked.flowId, conversation, asked],
    queryFn: ({ signal }) => api.backtest(asked.flowId, detailOf(asked, conversation), signal),
    staleTime: Infinity,
    gcTime: 60_000,
  })
  const detailed = data?.differences.find((each) => each.conversation === conversation)
  return (
    <section className={classes['compared']} aria-label={said.conversation(conversation)}>
      <Group gap="xs" wrap="nowrap">
        <ActionIcon variant="default" size="lg" aria-label={said.back} title={said.back} onClick={onBack} autoFocus>
          <Icon name="back" size={16} />
        </ActionIcon>
        <div className={classes['name']}>
          <Title order={3} size="h6">
            {said.conversation(conversation)}
          </Title>
          <Text size="xs" c="dimmed">
            <time dateTime={at}>{momentIn(timezone, at)}</time> · {what.map((each) => said.change[each]).join(' · ')}
          </Text>
        </div>
      </Group>
      <div className={classes['sides']}>
        <CourseOf title={said.before} course={difference.before} series="was" />
        <CourseOf title={said.after} course={difference.after} series="is" />
      </div>
      {isPending ? (
        <Waiting label={said.comparing} />
      ) : error ? (
        <Alert color="red" variant="light" title={said.compareFailed} role="alert">
          <Text size="sm">{causeOf(error)}</Text>
          <Button mt="xs" size="compact-sm" variant="default" onClick={() => void refetch()}>
            {said.again}
          </Button>
        </Alert>
      ) : detailed === undefined ? (
        <Alert color="yellow" variant="light" title={said.gone}>
          {data.skipped.map(({ why }) => why).join(' ')}
        </Alert>
      ) : (
        <Conversation difference={detailed} />
      )}
      <Stack gap="xs" align="start">
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="live" size={14} />}
          onClick={() => goTo(conversation)}
        >
          {said.journey}
        </Button>
        <Suspense fallback={null}>
          <KeepIt conversation={conversation} flowId={asked.flowId} />
        </Suspense>
      </Stack>
    </section>
  )
}

/** The journey is beside the canvas, behind the dialog. */
function goTo(conversation: string): void {
  overlays.hide()
  openJourney(conversation)
}

interface CourseProps {
  readonly title: string
  readonly course: BacktestCourse
  readonly series: 'was' | 'is'
}

function CourseOf({ title, course, series }: CourseProps) {
  const { handoff, why, rungs, end } = useCourseWords()(course)
  return (
    <div className={classes['course']} data-series={series}>
      <Title order={4} size="h6">
        {title}
      </Title>
      <p>{[handoff, why].filter((part) => part !== null).join(', ')}</p>
      <p className={classes['quiet']}>{[rungs, end].filter((part) => part !== null).join(' · ')}</p>
    </div>
  )
}

/** Of what was said alike, this many of the last messages are shown at first. */
const SHOWN = 4

function Conversation({ difference: { before, after, notice } }: { readonly difference: BacktestDifference }) {
  const sides = useMemo(() => beside(before.messages ?? [], after.messages ?? []), [before, after])
  const [isWhole, setWhole] = useState(false)
  const hidden = isWhole ? 0 : Math.max(0, sides.both.length - SHOWN)
  const isSame = sides.before.length + sides.after.length === 0
  return (
    <div className={classes['conversation']}>
      {sides.both.length > 0 && (
        <div className={classes['both']}>
          <Part title={said.both}>
            {hidden > 0 && (
              <Button
                className={classes['earlier'] ?? ''}
                size="compact-xs"
                variant="subtle"
                onClick={() => setWhole(true)}
              >
                {said.earlierSame(hidden)}
              </Button>
            )}
            <Messages messages={sides.both.slice(hidden)} />
          </Part>
        </div>
      )}
      {isSame ? (
        <Text size="sm">{said.allSame}</Text>
      ) : (
        <>
          <div className={classes['sides']}>
            <Part title={said.before} series="was">
              <Messages messages={sides.before.slice(0, 1)} isFirst />
            </Part>
            <Part title={said.after} series="is">
              <Messages messages={sides.after.slice(0, 1)} isFirst />
            </Part>
          </div>
          <p className={classes['notice']}>
            <b>{said.guess}.</b> {notice}
          </p>
          <div className={classes['sides']}>
            <section className={classes['part']} data-series="was" aria-label={said.afterIt(said.before)}>
              <Text size="xs" c="dimmed" aria-hidden="true">
                {said.before}
              </Text>
              <Messages messages={sides.before.slice(1)} />
            </section>
            <section className={classes['part']} data-series="is" aria-label={said.afterIt(said.after)}>
              <Text size="xs" c="dimmed" aria-hidden="true">
                {said.after}
              </Text>
              <Messages messages={sides.after.slice(1)} />
            </section>
          </div>
        </>
      )}
    </div>
  )
}

interface PartProps {
  readonly title: string
  readonly series?: 'was' | 'is'
  readonly children: ReactNode
}

function Part({ title, series, children }: PartProps) {
  const id = useId()
  return (
    <section className={classes['part']} data-series={series} aria-labelledby={id}>
      <Title order={5} size="sm" id={id}>
        {title}
      </Title>
      {children}
    </section>
  )
}

interface MessagesProps {
  readonly messages: readonly ShownMessage[]
  /** It is the first message that differs. */
  readonly isFirst?: boolean
}

function Messages({ messages, isFirst = false }: MessagesProps) {
  if (messages.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {said.nothingHere}
      </Text>
    )
  return (
    <ol className={classes['said']}>
      {messages.map(({ from, text, agent, quickReplies = [] }, index) => {
        const who = agent?.name ?? said[from]
        return (
          // What was said stands in a fixed order.
          <li key={`${index} ${from}`} data-from={from} data-differs={isFirst || undefined}>
            <span className={classes['quiet']}>{isFirst ? `${who} · ${said.differs}` : who}</span>
            <span className={classes['bubble']}>{text}</span>
            {quickReplies.length > 0 && (
              <span className={classes['quiet']}>{said.choices(quickReplies.map(({ label }) => label))}</span>
            )}
          </li>
        )
      })}
    </ol>
  )
}
