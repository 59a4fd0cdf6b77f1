import { Alert, Button } from '@mantine/core'
import type { Erased } from '#ui/administration/answers.ts'
import { Icon } from '#ui/icon.tsx'
import { words } from '../../words/en.ts'
import styles from '../Admin.module.css'
import { Rows } from './Rows.tsx'
import { fileName, saveFile } from './saveFile.ts'

const text = words.admin.customers.erased

interface Props {
  readonly id: string
  readonly record: Erased
}

/** The record of what was erased just now, with the proof whose it is, to be saved. */
export function Proof({ id, record }: Props) {
  const save = (): void => {
    const proof = JSON.stringify({ id, ...record }, null, 2)
    saveFile(fileName(`erasure-${id}`, 'json'), new Blob([proof], { type: 'application/json' }))
  }
  return (
    <Alert className={styles['proof'] ?? ''} color="green" variant="light" role="status" title={text.title}>
      <p>{text.explain}</p>
      <Rows rows={record.rows} />
      <Button size="sm" leftSection={<Icon name="download" size={15} />} onClick={save}>
        {text.save}
      </Button>
    </Alert>
  )
}
