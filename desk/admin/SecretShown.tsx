import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Icon } from '#ui/icon.tsx'
import { words } from '../words/en.ts'
import styles from './Admin.module.css'

const text = words.admin.secret

interface Props {
  readonly title: string
  readonly explain: string
  readonly label: string
  readonly secret: string
  onClose(): void
}

/** Shows a secret, this once: it goes away only when its reader says so, not by a slip beside it. */
export function SecretShown({ title, explain, label, secret, onClose }: Props) {
  const [isCopied, setCopied] = useState(false)
  const copy = (): void => {
    // Without https there is no clipboard: the secret stands in the field, to be copied by hand.
    void navigator.clipboard?.writeText(secret).then(() => setCopied(true))
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Stack gap="sm">
        <Text size="sm">{explain}</Text>
        <div className={styles['secret']}>
          <TextInput
            value={secret}
            readOnly
            aria-label={label}
            ff="monospace"
            spellCheck={false}
            data-autofocus
            onFocus={(event) => event.currentTarget.select()}
          />
          <Button variant="default" leftSection={<Icon name={isCopied ? 'check' : 'copy'} size={16} />} onClick={copy}>
            {isCopied ? text.copied : text.copy}
          </Button>
        </div>
        <Text size="sm" c="var(--warning)">
          {text.once}
        </Text>
      </Stack>
      <Group justify="flex-end" mt="md">
        <Button onClick={onClose}>{text.done}</Button>
      </Group>
    </Modal>
  )
}
