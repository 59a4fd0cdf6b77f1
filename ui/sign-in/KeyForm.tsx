import { useEffect, useRef, useState, type FormEvent } from 'react'
import { Said } from './Said.tsx'
import { SecretInput } from './SecretInput.tsx'
import styles from './SignIn.module.css'
import { SubmitButton } from './SubmitButton.tsx'
import { useTrying } from './useTrying.ts'
import { signInWithKey } from './ways.ts'
import { words } from './words.ts'

/** Asks for a key, and tries it before it is kept. */
export function KeyForm() {
  const trying = useTrying('key')
  const [key, setKey] = useState('')
  const [isTried, setTried] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])

  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (key.trim() === '') return field.current?.focus()
    trying.begin(
      () => signInWithKey(key.trim()),
      () => field.current?.select(),
    )
  }
  return (
    <form className={styles['form']} method="post" noValidate onSubmit={submit}>
      <Said said={trying.said} />
      <SecretInput
        ref={field}
        label={words.key}
        description={words.keyHelp}
        value={key}
        autoComplete="off"
        error={isTried && key.trim() === '' && words.fault.empty.key}
        onChange={({ currentTarget: { value } }) => setKey(value)}
      />
      <SubmitButton label={words.submitKey} trying={trying} />
    </form>
  )
}
