import { Alert, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Icon } from '#ui/icon.tsx'
import { fits } from '#ui/kit/search.ts'
import { Waiting } from '#ui/kit/Waiting.tsx'
import { Message } from '../shell/Message.tsx'
import { navigate, paths, type SetupPart } from '../shell/route.ts'
import { MANY, SearchField } from '../shell/SearchField.tsx'
import { Way } from '../shell/Way.tsx'
import { words } from '../words/en.ts'
import { useUnsaved } from './drafts.ts'
import { Editing } from './Editing.tsx'
import type { Kind, Named, Written } from './kind.ts'
import styles from './Setup.module.css'

const text = words.setup
/** No id: ids begin with a letter or a digit. */
const NEW = '+'
const ANYWAY = 30_000

interface Props<View extends Named, Fields extends Written> {
  readonly kind: Kind<View, Fields>
  readonly item: string | null
}

/** A list of what there is, and beside it the one that is open. */
export function Part<View extends Named, Fields extends Written>({ kind, item }: Props<View, Fields>) {
  const { part } = kind
  const { data, isError, isFetching, refetch } = useQuery({
    queryKey: ['setup', part],
    queryFn: () => kind.read(),
    refetchInterval: ANYWAY,
    refetchOnMount: 'always',
  })
  if (data === undefined && isError)
    return (
      <Alert color="orange" variant="light" role="alert" title={text.failed.title}>
        <Button size="compact-sm" variant="default" loading={isFetching} onClick={() => void refetch()}>
          {text.failed.again}
        </Button>
      </Alert>
    )
  if (data === undefined) return <Waiting label={text.loading} />
  const view = data.find(({ id }) => id === item) ?? null
  return (
    <div className={styles['pair']} data-inside={item !== null} data-empty={data.length === 0}>
      <List kind={kind} views={data} item={item} />
      <section className={styles['one']} aria-label={view === null ? text.add[part] : (view.name ?? view.id)}>
        {item !== null && (view !== null || item === NEW) ? (
          <Editing key={item} kind={kind} view={view} place={`${part}/${item}`} taken={data.map(({ id }) => id)} />
        ) : (
          <Nothing part={part} isEmpty={data.length === 0} isGone={item !== null} />
        )}
      </section>
    </div>
  )
}

interface ListProps<View extends Named, Fields extends Written> extends Props<View, Fields> {
  readonly views: readonly View[]
}

function List<View extends Named, Fields extends Written>({ kind, views, item }: ListProps<View, Fields>) {
  const { part } = kind
  const [query, setQuery] = useState('')
  const unsaved = useUnsaved(part)
  const found = views
    .filter(({ id, name }) => fits(query, name ?? '', id))
    .toSorted((one, other) => (one.name ?? one.id).localeCompare(other.name ?? other.id))
  return (
    <nav className={styles['list']} aria-label={text.list[part]}>
      <Button
        fullWidth
        variant="default"
        size="xs"
        leftSection={<Icon name="plus" size={15} />}
        onClick={() => navigate(paths.setup(part, NEW))}
      >
        {text.add[part]}
        {unsaved.has(NEW) && <Unsaved />}
      </Button>
      {views.length >= MANY && <SearchField size="xs" label={text.search} value={query} onChange={setQuery} />}
      {found.length === 0 && query !== '' && <p className={styles['dim']}>{text.noneFit}</p>}
      <ul>
        {found.map((view) => (
          <li key={view.id}>
            <Way to={paths.setup(part, view.id)} aria-current={view.id === item ? 'page' : undefined}>
              <span className={styles['named']}>
                <bdi>{view.name ?? view.id}</bdi>
                {unsaved.has(view.id) && <Unsaved />}
              </span>
              <small>{kind.line(view)}</small>
            </Way>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Unsaved() {
  return (
    <span className={styles['unsaved']} title={text.unsaved}>
      <span className="unseen">, {text.unsaved}</span>
    </span>
  )
}

interface NothingProps {
  readonly part: SetupPart
  readonly isEmpty: boolean
  /** The address names one that does not exist. */
  readonly isGone: boolean
}

function Nothing({ part, isEmpty, isGone }: NothingProps) {
  const said = isGone ? text.gone : isEmpty ? text.none[part] : text.choose[part]
  return (
    <Message {...said}>
      {isGone && (
        <Button variant="default" onClick={() => navigate(paths.setup(part))}>
          {text.back}
        </Button>
      )}
      <Button variant={isEmpty ? 'filled' : 'default'} onClick={() => navigate(paths.setup(part, NEW))}>
        {text.add[part]}
      </Button>
    </Message>
  )
}
