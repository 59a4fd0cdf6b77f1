import { Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Erased } from '#ui/administration/answers.ts'
import { words } from '../../words/en.ts'
import { ActDialog } from '../ActDialog.tsx'
import { administration } from '../client.ts'
import { useAct } from '../useAct.ts'

const text = words.admin.customers.ask

interface Props {
  readonly id: string
  onErased(record: Erased): void
  onClose(): void
}

/** Erases only when the customer's id is typed out: this cannot be undone. */
export function EraseDialog({ id, onErased, onClose }: Props) {
  const acting = useAct()
  const [typed, setTyped] = useState('')
  const [isTried, setTried] = useState(false)
  const isRight = typed.trim() === id
  const submit = (): void => {
    setTried(true)
    if (isRight) acting.go(async () => onErased(await administration.eraseCustomer(id)))
  }
  return (
    <ActDialog title={text.title} submit={text.submit} acting={acting} danger onSubmit={submit} onClose={onClose}>
      <Text size="sm">{text.explain}</Text>
      <TextInput
        label={text.type(id)}
        value={typed}
        error={isTried && !isRight && text.wrong}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        data-autofocus
        onChange={({ currentTarget: { value } }) => setTyped(value)}
      />
    </ActDialog>
  )
}
