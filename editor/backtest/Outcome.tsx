import { Alert, Button, EmptyState, Progress, Text, Title } from '@mantine/core'
import type { BacktestPage } from '#ui/backtest.ts'
import { ApiProblem } from '#ui/request.ts'
import { useEditor } from '../document/store.ts'
import { causeOf } from '../versions/reading.ts'
import { words } from '../words/en.ts'
import classes from './Backtest.module.css'
import { Changes } from './Changes.tsx'
import { Differences, LISTED, type Listing } from './Differences.tsx'
import { RateBand } from './RateBand.tsx'
import type { Asked, Run } from './run.ts'
import { backtests } from './session.ts'
import { Skipped } from './Skipped.tsx'
import { Sweep } from './sweep/Sweep.tsx'

const said = words.backtest

interface Props {
  readonly run: Run
  readonly listing: Listing
  readonly onListing: (listing: Listing) => void
  readonly onOpen: (conversation: string) => void
}

/** How far the backtest is, and what came of it so far. */
export function Outcome({ run, listing, onListing, onOpen }: Props) {
  const { stage, asked, sum } = run
  const isBusy = stage === 'running'
  return (
    <section className={classes['outcome']} aria-busy={isBusy} aria-label={said.verdict}>
      {stage === 'none' && <EmptyState my="xl" title={said.begin} description={said.beginMore} />}
      {isBusy && <Playing run={run} />}
      {stage === 'stopped' && <Halted title={said.stopped} />}
      {stage === 'failed' && <Failed error={run.error} hasSum={sum !== null} />}
      {asked !== null && sum !== null && (
        <Found
          asked={asked}
          sum={sum}
          isDone={stage === 'done'}
          listing={listing}
          onListing={onListing}
          onOpen={onOpen}
        />
      )}
    </section>
  )
}

function Playing({ run: { sum, done } }: { readonly run: Run }) {
  const all = Math.max(done, sum?.total ?? 0)
  const label = sum === null ? said.counting : said.progress(done, all)
  return (
    <div className={classes['playing']}>
      <Text size="sm" role="status">{`${said.running} ${label}`}</Text>
      <Progress size="sm" mt={6} aria-label={said.running} value={all === 0 ? 0 : (100 * done) / all} />
    </div>
  )
}

function Halted({ title }: { readonly title: string }) {
  return (
    <Alert variant="light" color="yellow" p="xs" role="status">
      <Text size="sm">{title}</Text>
      <Button mt={6} size="compact-sm" variant="default" onClick={backtests.goOn}>
        {said.goOn}
      </Button>
    </Alert>
  )
}

function Failed({ error, hasSum }: { readonly error: Error | null; readonly hasSum: boolean }) {
  return (
    <Alert variant="light" color="red" title={said.failed} role="alert">
      <Text size="sm">{error instanceof ApiProblem ? causeOf(error) : error?.message}</Text>
      {hasSum && <Text size="sm">{said.kept}</Text>}
      <Button mt="sm" size="xs" variant="default" onClick={backtests.goOn}>
        {hasSum ? said.goOn : said.again}
      </Button>
    </Alert>
  )
}

interface FoundProps extends Omit<Props, 'run'> {
  readonly asked: Asked
  readonly sum: BacktestPage
  readonly isDone: boolean
}

function Found({ asked, sum, isDone, listing, onListing, onOpen }: FoundProps) {
  const isChanged = useEditor((state) => state.document !== asked.document)
  if (sum.replayed === 0) return isDone ? <Nobody skipped={sum.skipped} /> : null
  return (
    <>
      {isChanged && (
        <Alert variant="light" color="yellow" p="xs">
          {said.changed}
        </Alert>
      )}
      <div className={classes['verdict']}>
        <Title order={3} size="h5">
          {said.verdict}
        </Title>
        {verdictOf(sum).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      <RateBand all={sum.replayed} {...sum.handoffs} />
      {asked.sweep !== null && sum.sweep !== undefined && (
        <Sweep figure={asked.sweep.figure} swept={sum.sweep} all={sum.replayed} />
      )}
      {sum.differences.length > 0 && (
        <>
          <Changes
            counts={sum.changes}
            only={listing.only}
            onOnly={(only) => onListing({ ...listing, only, shown: LISTED })}
          />
          <Differences differences={sum.differences} listing={listing} onListing={onListing} onOpen={onOpen} />
        </>
      )}
      <Skipped skipped={sum.skipped} />
    </>
  )
}

function Nobody({ skipped }: Pick<BacktestPage, 'skipped'>) {
  if (skipped.length === 0) return <EmptyState my="xl" title={said.empty} description={said.emptyMore} />
  return (
    <>
      <EmptyState my="md" title={said.allSkipped} />
      <Skipped skipped={skipped} />
    </>
  )
}

function verdictOf({ replayed, same, unsure }: BacktestPage): readonly string[] {
  const first = same === replayed ? said.same(replayed) : said.changedCount(replayed - same, replayed)
  return unsure === 0 ? [first] : [first, said.unsure(unsure)]
}
