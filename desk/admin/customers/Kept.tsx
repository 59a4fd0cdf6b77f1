import { Button } from '@mantine/core'
import type { CustomerBundle } from '#ui/administration/answers.ts'
import { Icon } from '#ui/icon.tsx'
import { words } from '../../words/en.ts'
import styles from '../Admin.module.css'
import { date } from '../telling.ts'
import type { Found } from './Customers.tsx'
import { fileName, saveFile } from './saveFile.ts'

const text = words.admin.customers
const counted = ['log', 'attachments', 'tickets', 'callbacks', 'mails'] as const

interface Props {
  readonly found: Found
  onErase(): void
}

/** How much is kept of a customer, and what can be done with it. */
export function Kept({ found: { id, file, bundle }, onErase }: Props) {
  const { conversations } = bundle
  const days = conversations.map(({ startedAt }) => startedAt).sort()
  return (
    <section className={styles['kept']} aria-label={text.kept}>
      <h3>
        <bdi>{id}</bdi>
      </h3>
      <p>
        {text.conversations(conversations.length)} {text.between(date(days[0] ?? ''), date(days.at(-1) ?? ''))}
      </p>
      <dl>
        {counted.map((part) => (
          <div key={part}>
            <dt>{text.counts[part]}</dt>
            <dd>{countOf(bundle, part)}</dd>
          </div>
        ))}
      </dl>
      <div className={styles['acts']}>
        <Button
          size="sm"
          leftSection={<Icon name="download" size={15} />}
          onClick={() => saveFile(fileName(id, 'json'), file)}
        >
          {text.save}
        </Button>
        <Button
          size="sm"
          variant="default"
          c="var(--danger)"
          leftSection={<Icon name="trash" size={15} />}
          onClick={onErase}
        >
          {text.erase}
        </Button>
      </div>
    </section>
  )
}

function countOf({ conversations }: CustomerBundle, part: (typeof counted)[number]): number {
  return conversations.reduce((sum, conversation) => sum + conversation[part].length, 0)
}
