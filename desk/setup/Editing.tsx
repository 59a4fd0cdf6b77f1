import { Alert, Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState, type FormEvent, type KeyboardEvent } from 'react'
import { Icon } from '#ui/icon.tsx'
import { ApiProblem, type Detail } from '#ui/request.ts'
import { navigate, paths } from '../shell/route.ts'
import { say } from '../shell/said.ts'
import { words } from '../words/en.ts'
import { readDraft, useDraft, writeDraft } from './drafts.ts'
import { faultsOf, noFaults, stillThere, strays } from './faults.ts'
import { freeId } from './ids.ts'
import type { Kind, Named, Written } from './kind.ts'
import styles from './Setup.module.css'

const text = words.setup

interface Props<View extends Named, Fields extends Written> {
  readonly kind: Kind<View, Fields>
  /** As the server has it; null: a new one. */
  readonly view: View | null
  readonly place: string
  readonly taken: readonly string[]
}

/** One of them as a form. What is written stays until it is saved or discarded; the last who saves is who is kept. */
export function Editing<View extends Named, Fields extends Written>({ kind, view, place, taken }: Props<View, Fields>) {
  const queries = useQueryClient()
  const form = useRef<HTMLFormElement>(null)
  const [details, setDetails] = useState<readonly Detail[]>(noFaults)
  const [refusal, setRefusal] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const saved = view === null ? null : kind.fieldsOf(view)
  const draft = useDraft(place, kind.fresh)
  const fields = draft?.value ?? saved ?? kind.fresh
  const isStale = draft !== null && draft.base !== null && !isSame(draft.base, saved)

  const change = (to: Partial<Fields>): void => {
    // A new one is called by its name until its id is written by hand.
    const follows = view === null && to.name !== undefined && fields.id === freeId(fields.name, taken)
    const next = { ...fields, ...to, ...(follows ? { id: freeId(to.name ?? '', taken) } : {}) }
    setDetails(stillThere(details, fields, next))
    const isBack = isSame(next, saved ?? kind.fresh)
    writeDraft(place, isBack ? null : { base: draft === null ? saved : draft.base, value: next })
  }
  const discard = (): void => {
    writeDraft(place, null)
    setDetails(noFaults)
    setRefusal(null)
  }
  const refuse = (faults: readonly Detail[], why: string | null): void => {
    setDetails(faults)
    setRefusal(why)
    // Once they are drawn.
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (busy) return
    const isTaken = view === null && taken.includes(fields.id)
    const own = [...kind.faultsIn(fields), ...(isTaken ? [{ pointer: '/id', message: text.fault.taken }] : [])]
    if (own.length > 0) return refuse(own, null)
    setBusy(true)
    const here = window.location.pathname
    try {
      const now = await kind.save(fields)
      const written = readDraft(place, kind.fresh)?.value
      writeDraft(place, null)
      // What was written while this was on its way is not saved yet.
      if (written !== undefined && !isSame(written, fields))
        writeDraft(`${kind.part}/${now.id}`, { base: kind.fieldsOf(now), value: { ...written, id: now.id } })
      setRefusal(null)
      setDetails(noFaults)
      say({ tone: 'good', text: text.saved(now.name ?? now.id) })
      queries.setQueryData<readonly View[]>(['setup', kind.part], (views = []) => [
        ...views.filter(({ id }) => id !== now.id),
        now,
      ])
      void queries.invalidateQueries({ queryKey: [kind.part] })
      if (view === null && window.location.pathname === here)
        navigate(paths.setup(kind.part, now.id), { replace: true })
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      // The id stands in the address.
      const faults = error.errors.map((each) => (each.pointer === '/param/id' ? { ...each, pointer: '/id' } : each))
      const stray = strays(faults, Object.keys(kind.fresh))
      refuse(faults, faults.length === 0 ? error.message : stray.length === 0 ? null : stray.join(' '))
    } finally {
      setBusy(false)
    }
  }
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return
    event.preventDefault()
    form.current?.requestSubmit()
  }
  return (
    <form ref={form} className={styles['form']} noValidate onSubmit={(event) => void submit(event)} onKeyDown={press}>
      <div className={styles['top']}>
        <Button
          className={styles['back']}
          size="compact-sm"
          variant="subtle"
          color="gray"
          c="var(--text)"
          leftSection={<Icon name="back" size={16} />}
          onClick={() => navigate(paths.setup(kind.part))}
        >
          {text.back}
        </Button>
        <h2>
          <bdi>{view === null ? text.add[kind.part] : (view.name ?? view.id)}</bdi>
        </h2>
      </div>
      {isStale && (
        <Alert color="orange" variant="light" role="status">
          <p className={styles['said']}>{text.changedMeanwhile}</p>
          <Button size="compact-sm" variant="default" onClick={discard}>
            {text.showTheirs}
          </Button>
        </Alert>
      )}
      {refusal !== null && (
        <Alert color="red" variant="light" role="alert" title={text.refused}>
          {refusal}
        </Alert>
      )}
      <kind.Form fields={fields} isNew={view === null} faults={faultsOf(details)} change={change} />
      <div className={styles['bar']}>
        <Button type="submit" size="sm" loading={busy} disabled={draft === null}>
          {text.save}
        </Button>
        {draft !== null && (
          <>
            <Button size="sm" variant="default" onClick={discard}>
              {text.discard}
            </Button>
            <span className={styles['dim']}>{text.unsaved}</span>
          </>
        )}
      </div>
    </form>
  )
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
