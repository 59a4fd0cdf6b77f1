import { Button, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { CustomerBundle, Erased } from '#ui/administration/answers.ts'
import { ApiProblem } from '#ui/request.ts'
import { words } from '../../words/en.ts'
import styles from '../Admin.module.css'
import { administration } from '../client.ts'
import { Intro } from '../Intro.tsx'
import { useAct } from '../useAct.ts'
import { EraseDialog } from './EraseDialog.tsx'
import { Erasures } from './Erasures.tsx'
import { Kept } from './Kept.tsx'
import { Proof } from './Proof.tsx'

const text = words.admin.customers

export interface Found {
  /** As it was asked for. */
  readonly id: string
  readonly file: Blob
  readonly bundle: CustomerBundle
}

/** Everything of one customer: looked at, given out, or forgotten. */
export function Customers() {
  const queries = useQueryClient()
  const { busy, refusal, go } = useAct()
  const [id, setId] = useState('')
  const [found, setFound] = useState<Found | null>(null)
  const [unknown, setUnknown] = useState<string | null>(null)
  const [isAsked, setAsked] = useState(false)
  const [erased, setErased] = useState<{ readonly id: string; readonly record: Erased } | null>(null)

  const look = async (): Promise<void> => {
    setFound(null)
    setUnknown(null)
    try {
      setFound(await read(id.trim()))
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 404) throw error
      setUnknown(id.trim())
    }
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (id.trim() !== '') go(look)
  }
  return (
    <>
      <Intro title={words.admin.parts.customers} explain={text.explain} />
      <form className={styles['look']} role="search" aria-label={words.admin.parts.customers} onSubmit={submit}>
        <TextInput
          label={text.id}
          description={text.idHelp}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          value={id}
          error={unknown === null ? refusal?.message : text.unknown(unknown)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={320}
          onChange={({ currentTarget: { value } }) => setId(value)}
        />
        <Button type="submit" loading={busy} disabled={id.trim() === ''}>
          {text.look}
        </Button>
      </form>
      {erased !== null && <Proof {...erased} />}
      {found !== null && <Kept found={found} onErase={() => setAsked(true)} />}
      {found !== null && isAsked && (
        <EraseDialog
          id={found.id}
          onErased={(record) => {
            setErased({ id: found.id, record })
            setAsked(false)
            setFound(null)
            setId('')
            void queries.invalidateQueries({ queryKey: ['erasures'] })
          }}
          onClose={() => setAsked(false)}
        />
      )}
      <Erasures />
    </>
  )
}

async function read(id: string): Promise<Found> {
  const file = await administration.exportCustomer(id)
  // The server and this page are one release.
  return { id, file, bundle: JSON.parse(await file.text()) as CustomerBundle }
}
