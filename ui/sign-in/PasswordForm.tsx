import { TextInput } from '@mantine/core'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { Said } from './Said.tsx'
import { SecretInput } from './SecretInput.tsx'
import styles from './SignIn.module.css'
import { SubmitButton } from './SubmitButton.tsx'
import { useTrying } from './useTrying.ts'
import { signIn } from './ways.ts'
import { words } from './words.ts'

/** Name and password, as the browser and password managers know how to fill in. */
export function PasswordForm() {
  const trying = useTrying('password')
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [isTried, setTried] = useState(false)
  const nameField = useRef<HTMLInputElement>(null)
  const passwordField = useRef<HTMLInputElement>(null)
  useEffect(() => nameField.current?.focus(), [])

  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (name.trim() === '') return nameField.current?.focus()
    if (password === '') return passwordField.current?.focus()
    trying.begin(
      () => signIn({ name: name.trim(), password }),
      () => passwordField.current?.select(),
    )
  }
  return (
    <form className={styles['form']} method="post" noValidate onSubmit={submit}>
      <Said said={trying.said} />
      <TextInput
        ref={nameField}
        name="username"
        label={words.name}
        value={name}
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="next"
        error={isTried && name.trim() === '' && words.fault.empty.name}
        onChange={({ currentTarget: { value } }) => setName(value)}
      />
      <SecretInput
        ref={passwordField}
        name="password"
        label={words.password}
        value={password}
        autoComplete="current-password"
        enterKeyHint="go"
        error={isTried && password === '' && words.fault.empty.password}
        onChange={({ currentTarget: { value } }) => setPassword(value)}
      />
      <SubmitButton label={words.submit} trying={trying} />
    </form>
  )
}
