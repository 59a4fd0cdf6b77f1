import { Button, Group, Progress, Text, UnstyledButton } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { Scenario } from '#engine/simulate/index.ts'
import { cardOf } from '../../document/card.ts'
import { nodeOf } from '../../document/document.ts'
import { editor, useEditor } from '../../document/store.ts'
import { words } from '../../words/en.ts'
import { useAnswered } from '../session.ts'
import { beginJob, type News, type Tried } from './machine.ts'
import style from './Scenarios.module.css'

const said = words.simulate.noticing
/** More take too long to wait for; `baton test --mutate` tries more. */
const MOST = 500
const SHOWN = 20

interface Props {
  readonly flow: object
  readonly scenarios: readonly Scenario[]
  /** Whether all of them pass. */
  readonly allPass: boolean
}

/** Mistakes made on purpose in a copy of the flow: which of them would no scenario notice? */
export function Noticing({ flow, scenarios, allPass }: Props) {
  const { news, begin, stop } = useTrying(flow, scenarios)
  const mayTry = allPass && scenarios.length > 0
  const isTrying = news?.is === 'trying' && !news.isStopped
  useAnswered('mistakes', () => mayTry && begin())
  return (
    <section className={style['part']} aria-label={said.title}>
      <Text size="sm" fw={600}>
        {said.title}
      </Text>
      <Text size="xs" c="dimmed" mb="xs">
        {said.lead}
      </Text>
      {isTrying ? (
        <Running news={news} onStop={stop} />
      ) : (
        <Button size="compact-xs" variant="default" disabled={!mayTry} onClick={begin}>
          {news === null ? said.begin : said.again}
        </Button>
      )}
      {!mayTry && (
        <Text size="xs" mt={4}>
          {scenarios.length === 0 ? said.none : said.failing}
        </Text>
      )}
      <div aria-live="polite">
        {news?.is === 'trying' && news.isStopped && (
          <Text size="xs" mt={4}>
            {said.stopped(news.done, news.of)}
          </Text>
        )}
        {news?.is === 'broken' && (
          <Text size="xs" mt={4}>
            {said.broken}
          </Text>
        )}
        {news?.is === 'tried' && <Sum report={news.report} />}
      </div>
      {news?.is === 'tried' && news.report.survivors.length > 0 && <Survivors survivors={news.report.survivors} />}
    </section>
  )
}

type Seen = Exclude<News, { is: 'trying' }> | (Extract<News, { is: 'trying' }> & { readonly isStopped?: boolean })

function useTrying(flow: object, scenarios: readonly Scenario[]) {
  const [news, setNews] = useState<Seen | null>(null)
  const end = useRef<() => void>(undefined)
  // What was found is of that flow and of those scenarios.
  useEffect(() => {
    setNews(null)
    return () => end.current?.()
  }, [flow, scenarios])
  return {
    news,
    begin: (): void => {
      end.current?.()
      setNews({ is: 'trying', done: 0, of: 0 })
      end.current = beginJob({ ask: 'mistakes', flow, scenarios, most: MOST }, setNews)
    },
    stop: (): void => {
      end.current?.()
      setNews((was) => (was?.is === 'trying' ? { ...was, isStopped: true } : was))
    },
  }
}

function Running({
  news: { done, of },
  onStop,
}: {
  readonly news: Extract<News, { is: 'trying' }>
  readonly onStop: () => void
}) {
  return (
    <Group gap="xs" wrap="nowrap">
      <div style={{ flex: 1 }}>
        <Progress value={of === 0 ? 0 : (done / of) * 100} aria-label={said.title} />
        <Text size="xs">{said.progress(done, of)}</Text>
      </div>
      <Button size="compact-xs" variant="default" onClick={onStop}>
        {said.cancel}
      </Button>
    </Group>
  )
}

function Sum({ report: { killed, total, refused, score, survivors } }: { readonly report: Tried }) {
  return (
    <>
      <Text size="sm" fw={600} mt="xs">
        {said.sum(killed, total - refused, Math.floor(score * 100))}
      </Text>
      {refused > 0 && (
        <Text size="xs" c="dimmed">
          {said.refused(refused)}
        </Text>
      )}
      {survivors.length === 0 && <Text size="xs">{said.all}</Text>}
    </>
  )
}

function Survivors({ survivors }: Pick<Tried, 'survivors'>) {
  const [shown, setShown] = useState(SHOWN)
  return (
    <>
      <Text size="xs" fw={600} mt="xs">
        {said.survivors}
      </Text>
      <ul className={style['places']} aria-label={said.survivors}>
        {survivors.slice(0, shown).map(({ id, node, change }) => (
          <SurvivorRow key={id} node={node} change={change} />
        ))}
      </ul>
      {survivors.length > shown && (
        <Button size="compact-xs" variant="subtle" onClick={() => setShown((was) => was + 5 * SHOWN)}>
          {said.more(survivors.length - shown)}
        </Button>
      )}
    </>
  )
}

function SurvivorRow({ node: id, change }: { readonly node: string; readonly change: string }) {
  const node = useEditor(({ document }) => nodeOf(document, id))
  const title = node === undefined ? id : cardOf(node).sentence
  return (
    <li>
      <UnstyledButton className={style['place']} title={said.jump(title)} onClick={() => editor.focusNode(id)}>
        <span>{change}</span>
      </UnstyledButton>
    </li>
  )
}
