import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { AuditRecord } from '#ui/administration/answers.ts'
import { now } from '../../clock/clock.ts'
import { timeOfDay } from '../../clock/telling.ts'
import { words } from '../../words/en.ts'
import styles from '../Admin.module.css'
import { Answered } from '../Answered.tsx'
import { administration } from '../client.ts'
import { Empty } from '../Empty.tsx'
import { Intro } from '../Intro.tsx'
import { dayNamed } from '../telling.ts'
import { AuditFilters } from './AuditFilters.tsx'
import { queryOf, useAuditFilter } from './filter.ts'
import { sentenceOf } from './sentence.ts'
import { useNames } from './useNames.ts'

const text = words.admin.audit
/** New entries come in at the top without being asked for. */
const FOLLOW = 10_000

/** Who changed what: the latest first, a page at a time. */
export function AuditLog() {
  const filter = useAuditFilter()
  const query = useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam }: { readonly pageParam: string | undefined }) =>
      administration.audit({ ...queryOf(filter), ...(pageParam === undefined ? {} : { cursor: pageParam }) }),
    initialPageParam: undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: FOLLOW,
    refetchOnMount: 'always',
  })
  return (
    <>
      <Intro title={words.admin.parts.audit} explain={text.explain} />
      <AuditFilters />
      <Answered query={{ ...query, data: query.data?.pages.flatMap(({ items }) => items) }}>
        {(records) => (records.length === 0 ? <Empty {...text.none} /> : <Days records={records} />)}
      </Answered>
      {query.hasNextPage && (
        <Button
          variant="default"
          size="sm"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {words.admin.showMore}
        </Button>
      )}
    </>
  )
}

function Days({ records }: { readonly records: readonly AuditRecord[] }) {
  const at = now()
  const days = [...new Set(records.map((record) => dayNamed(record.at, at)))].map((day) => ({
    day,
    ofDay: records.filter((record) => dayNamed(record.at, at) === day),
  }))
  return days.map(({ day, ofDay }) => (
    <section key={day} className={styles['day']} aria-label={day}>
      <h3>{day}</h3>
      <ol className={styles['entries']}>
        {ofDay.map((record) => (
          <Entry key={record.id} record={record} />
        ))}
      </ol>
    </section>
  ))
}

function Entry({ record }: { readonly record: AuditRecord }) {
  const { who, did, what, changes } = sentenceOf(record, useNames())
  return (
    <li data-action={record.action} title={`${record.action} · ${record.target.id} · ${record.hash}`}>
      <time dateTime={record.at}>{timeOfDay(Date.parse(record.at))}</time>
      <p>
        <strong>
          <bdi>{who}</bdi>
        </strong>{' '}
        {did} <bdi className={styles['what']}>{what}</bdi>
        {changes.map((change) => (
          <small key={change}>
            <bdi>{change}</bdi>
          </small>
        ))}
      </p>
    </li>
  )
}
