import { PasswordInput, type PasswordInputProps } from '@mantine/core'
import { useState, type KeyboardEvent } from 'react'
import { words } from './words.ts'

/** A field for what nobody else should read, which says when Caps Lock is on. */
export function SecretInput(props: PasswordInputProps) {
  const [capsLock, setCapsLock] = useState(false)
  const look = (event: KeyboardEvent): void => setCapsLock(event.getModifierState('CapsLock'))
  return (
    <PasswordInput
      {...props}
      description={capsLock ? <span role="status">{words.capsLock}</span> : props.description}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      visibilityToggleButtonProps={{ 'aria-label': words.show }}
      spellCheck={false}
      onKeyDown={look}
      onKeyUp={look}
      onBlur={() => setCapsLock(false)}
    />
  )
}
