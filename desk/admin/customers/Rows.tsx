import { words } from '../../words/en.ts'
import styles from '../Admin.module.css'

/** How much went, by table; what had nothing is left out. */
export function Rows({ rows }: { readonly rows: Readonly<Record<string, number>> }) {
  const went = Object.entries(rows).filter(([, count]) => count > 0)
  return (
    <dl className={styles['rows']} aria-label={words.admin.customers.rows}>
      {went.map(([table, count]) => (
        <div key={table}>
          <dt>{table.replaceAll('_', ' ')}</dt>
          <dd>{count}</dd>
        </div>
      ))}
    </dl>
  )
}
