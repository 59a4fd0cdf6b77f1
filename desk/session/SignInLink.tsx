import { ActionIcon, Button, Modal, Text, TextInput, Tooltip } from '@mantine/core'
import { useState } from 'react'
import { api } from '#ui/client.ts'
import { ApiProblem } from '#ui/request.ts'
import { Glyph } from '../shell/Glyph.tsx'
import { say } from '../shell/said.ts'
import { words } from '../words/en.ts'

const { link: text, agent: heads, copied } = words.board

interface Props {
  readonly agent: string
  readonly name: string
  /** Only its picture, where many stand below each other. */
  readonly isSmall?: boolean
}

/** Makes a link that signs an agent in, and shows it once. */
export function SignInLink({ agent, name, isSmall = false }: Props) {
  const [url, setUrl] = useState<string | null>(null)
  const title = text.title(name)
  const make = async (): Promise<void> => {
    try {
      const link = await api.signInLink(agent)
      setUrl(new URL(link.url, window.location.origin).toString())
    } catch (error) {
      say({ tone: 'warning', text: error instanceof ApiProblem ? error.detail : '' })
    }
  }
  const copy = (): void => {
    if (url === null) return
    // Without https there is no clipboard: the address stands in the field, to be copied by hand.
    void navigator.clipboard?.writeText(url).then(() => say({ tone: 'good', text: copied(name) }))
  }
  return (
    <>
      {isSmall ? (
        <Tooltip label={title}>
          <ActionIcon variant="subtle" color="gray" c="var(--text-dim)" aria-label={title} onClick={() => void make()}>
            <Glyph name="key" size={16} />
          </ActionIcon>
        </Tooltip>
      ) : (
        <Button
          w="fit-content"
          size="xs"
          variant="default"
          leftSection={<Glyph name="key" size={15} />}
          onClick={() => void make()}
        >
          {title}
        </Button>
      )}
      <Modal opened={url !== null} onClose={() => setUrl(null)} title={title}>
        <Text size="sm" mb="sm">
          {text.explain}
        </Text>
        <TextInput
          value={url ?? ''}
          readOnly
          aria-label={heads.link}
          data-autofocus
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button mt="md" onClick={copy}>
          {text.copy}
        </Button>
      </Modal>
    </>
  )
}
