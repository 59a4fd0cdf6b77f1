import { useQuery } from '@tanstack/react-query'
import { words } from '../../words/en.ts'
import styles from '../Admin.module.css'
import { Answered } from '../Answered.tsx'
import { administration } from '../client.ts'
import { date } from '../telling.ts'
import { Empty } from '../Empty.tsx'
import { Rows } from './Rows.tsx'

const text = words.admin.customers

/** Whose everything was erased is not known any more; that and when it was done is. */
export function Erasures() {
  const query = useQuery({ queryKey: ['erasures'], queryFn: administration.erasures })
  return (
    <section className={styles['past']} aria-label={text.past}>
      <h3>{text.past}</h3>
      <Answered query={query}>
        {(erasures) =>
          erasures.length === 0 ? (
            <Empty title={text.pastNone} />
          ) : (
            <ul className={styles['list']}>
              {erasures.map(({ customer, at, conversations, rows }) => (
                <li key={customer} className={styles['letter']}>
                  <div className={styles['title']}>
                    <span>{text.conversations(conversations)}</span>
                    <time dateTime={at}>{date(at)}</time>
                  </div>
                  <p className={styles['facts']}>
                    <span>
                      {text.record} <code>{customer}</code>
                    </span>
                  </p>
                  <Rows rows={rows} />
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
    </section>
  )
}
