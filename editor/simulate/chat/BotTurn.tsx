import { Button, Collapse, Group, NumberInput, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Nlu } from '#engine/index.ts'
import { words } from '../../words/en.ts'
import type { TurnProps } from './Composer.tsx'
import { SayField } from './SayField.tsx'

/** The bot: an answer, how sure it is, an intent it understood, and giving up. */
export function BotTurn({ turn, onDo }: TurnProps) {
  const [text, setText] = useState('')
  const [nlu, setNlu] = useState<Nlu>({})
  const [isOpen, setOpen] = useState(false)
  const { may, intents } = turn
  const maySay = may.has('bot.message')
  const understood = Object.keys(nlu).length === 0 ? {} : { nlu }
  const quiet = { size: 'compact-xs', variant: 'default' } as const
  return (
    <>
      {intents.length > 0 && may.has('bot.intent') && (
        <Group gap={6} role="group" aria-label={words.simulate.intents}>
          <Text size="xs">{words.simulate.intents}</Text>
          {intents.map(({ id, label }) => (
            <Button
              key={id}
              size="compact-sm"
              variant="light"
              radius="xl"
              onClick={() => onDo({ bot: { intent: id } })}
            >
              {label}
            </Button>
          ))}
        </Group>
      )}
      <SayField
        label={words.simulate.say.bot}
        disabled={!maySay}
        onType={setText}
        onSay={(said) => onDo({ bot: said, ...understood })}
      />
      {!maySay && <Text size="xs">{words.simulate.botSilent}</Text>}
      <Group gap={6}>
        <Button
          {...quiet}
          disabled={!maySay}
          onClick={() => onDo({ bot: text.trim() || words.simulate.fallbackText, fallback: true, ...understood })}
        >
          {words.simulate.notUnderstood}
        </Button>
        <Button {...quiet} disabled={!may.has('bot.done')} onClick={() => onDo({ bot: { done: true } })}>
          {words.simulate.done}
        </Button>
        <Button
          {...quiet}
          disabled={!may.has('bot.escalate')}
          onClick={() => onDo({ bot: { escalate: text.trim() || words.simulate.escalateReason } })}
        >
          {words.simulate.escalate}
        </Button>
        <Button {...quiet} disabled={!may.has('bot.failed')} onClick={() => onDo({ bot: { failed: true } })}>
          {words.simulate.failed}
        </Button>
        <Button {...quiet} variant="subtle" aria-expanded={isOpen} onClick={() => setOpen((was) => !was)}>
          {words.simulate.understood}
        </Button>
      </Group>
      <Collapse expanded={isOpen}>
        <Understanding nlu={nlu} onChange={setNlu} />
      </Collapse>
    </>
  )
}

interface UnderstandingProps {
  readonly nlu: Nlu
  readonly onChange: (nlu: Nlu) => void
}

/** What the bot reports of the customer's message. It stays until changed: who is unsure is often so again. */
function Understanding({ nlu, onChange }: UnderstandingProps) {
  const { confidence: _, ...sureless } = nlu
  const { sentiment: __, ...moodless } = nlu
  const { intent: ___, ...aimless } = nlu
  return (
    <Group gap={6} grow wrap="nowrap" align="start">
      <NumberInput
        size="xs"
        label={words.simulate.confidence}
        description={words.simulate.confidenceHelp}
        min={0}
        max={1}
        step={0.1}
        decimalScale={2}
        clampBehavior="strict"
        value={nlu.confidence ?? ''}
        onChange={(value) => onChange(typeof value === 'number' ? { ...nlu, confidence: value } : sureless)}
      />
      <NumberInput
        size="xs"
        label={words.simulate.sentiment}
        description={words.simulate.sentimentHelp}
        min={-1}
        max={1}
        step={0.1}
        decimalScale={2}
        value={nlu.sentiment ?? ''}
        onChange={(value) =>
          onChange(typeof value === 'number' && Math.abs(value) <= 1 ? { ...nlu, sentiment: value } : moodless)
        }
      />
      <TextInput
        size="xs"
        label={words.simulate.intent}
        description=" "
        maxLength={200}
        value={nlu.intent ?? ''}
        onChange={({ currentTarget: { value } }) => onChange(value === '' ? aimless : { ...nlu, intent: value })}
      />
    </Group>
  )
}
