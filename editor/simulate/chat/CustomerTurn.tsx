import { Anchor, Button, Group } from '@mantine/core'
import type { QuickReply } from '#engine/index.ts'
import { words } from '../../words/en.ts'
import type { TurnProps } from './Composer.tsx'
import { SayField } from './SayField.tsx'

/** The customer: quick replies, the input that fits what is asked, and leaving. */
export function CustomerTurn({ turn, onDo }: TurnProps) {
  const { input, replies, may } = turn
  const isOver = turn.awaited === 'closed'
  const says = (text: string, choice?: string): void =>
    onDo({ customer: text, ...(choice === undefined ? {} : { choice }) })
  const label = input === null ? words.simulate.say.customer : words.simulate.say.answer[input.as]
  const suggestions = replies.length === 0 && input === null && !isOver ? words.simulate.tries : []
  return (
    <>
      {replies.length > 0 && !isOver && (
        <Group gap={6} role="group" aria-label={words.simulate.replies}>
          {replies.map((reply) => (
            <Reply key={reply.id} reply={reply} onSay={says} />
          ))}
        </Group>
      )}
      {suggestions.length > 0 && (
        <Group gap={6} role="group" aria-label={words.simulate.try}>
          {suggestions.map((text) => (
            <Button key={text} size="compact-xs" variant="default" radius="xl" fw={400} onClick={() => says(text)}>
              {text}
            </Button>
          ))}
        </Group>
      )}
      <SayField key={input?.as} label={label} disabled={isOver} onSay={(text) => says(text)} {...fieldFor(input?.as)} />
      <Group gap={6}>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          disabled={isOver || !may.has('customer.left')}
          onClick={() => onDo({ customer: { leaves: true } })}
        >
          {words.simulate.leaves}
        </Button>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          disabled={isOver || !may.has('customer.returned')}
          onClick={() => onDo({ customer: { returns: true } })}
        >
          {words.simulate.returns}
        </Button>
      </Group>
    </>
  )
}

function Reply({
  reply: { id, label, url },
  onSay,
}: {
  readonly reply: QuickReply
  readonly onSay: (text: string, choice: string) => void
}) {
  // Only web addresses become links: what a flow holds is not to be trusted with more.
  if (url !== undefined && /^https?:\/\//i.test(url))
    return (
      <Anchor size="sm" href={url} target="_blank" rel="noopener noreferrer">
        {label}
      </Anchor>
    )
  return (
    <Button size="compact-sm" variant="light" radius="xl" onClick={() => onSay(label, id)}>
      {label}
    </Button>
  )
}

type As = NonNullable<TurnProps['turn']['input']>['as']

/** Answers are texts as a customer types them: the flow itself decides whether they fit, also wrong ones. */
function fieldFor(as: As | undefined) {
  switch (as) {
    case 'date':
      return { type: 'date' } as const
    case 'number':
    case 'score':
      return { inputMode: 'decimal' } as const
    case 'email':
      return { inputMode: 'email' } as const
    case 'phone':
      return { type: 'tel', inputMode: 'tel' } as const
    case 'text':
    case 'yesno':
    case 'choice':
    case undefined:
      return {}
    default:
      return as satisfies never
  }
}
