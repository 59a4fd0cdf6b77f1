import type { Flow } from '#engine/index.ts'
import { draw } from '../../engine/draw.ts'

/** The deadlines that a flow can have, all of them short: waits, updates in the queue, the longest wait, a survey's. */
export const flow = edition(0)

/** The same flow with another greeting, as a designer publishes it again and again. */
export function edition(number: number): Flow {
  return draw(
    {
      start: ['start'],
      hello: ['say', { text: `Hello, ask away (${number}).` }],
      chat: ['listen', { intents: [{ id: 'pause' }, { id: 'person' }], silentAfter: '1d' }],
      nap: ['wait', { for: '1s' }],
      awake: ['say', { text: 'Where were we?' }],
      wants: ['trigger', { signals: [{ signal: 'explicitRequest' }] }],
      line: [
        'queue',
        {
          team: 'care',
          text: 'You are number {{ queue.position }}.',
          updateText: 'Still number {{ queue.position }}.',
          updateEvery: '1s',
          maxWait: '3s',
        },
      ],
      person: ['agent'],
      back: ['handback', { text: 'You are back with the assistant.', resume: 'next' }],
      stars: ['survey', { text: 'How was it?', timeout: '2s' }],
      later: ['wait', { for: '2s' }],
      bye: ['close', { text: 'Goodbye.' }],
    },
    [
      'start.next > hello',
      'hello.next > chat',
      'chat.intent:pause > nap',
      'chat.intent:person > line',
      'nap.next > awake',
      'awake.next > chat',
      'wants.fired > line',
      'line.accepted > person',
      'line.timeout > later',
      'person.resolved > stars',
      'person.handback > back',
      'back.next > stars',
      'stars.answered > bye',
      'stars.skipped > bye',
      'later.next > bye',
    ],
  )
}

/** Nothing but deadlines, one after the other, each so long after the one before; a person for whoever asks, as the check wants. */
export function waits(count: number, each: string): Flow {
  const numbers = Array.from({ length: count }, (_, index) => index)
  return draw(
    {
      start: ['start'],
      ...Object.fromEntries(numbers.map((number) => [`wait${number}`, ['wait', { for: each }] as const])),
      wants: ['trigger', { signals: [{ signal: 'explicitRequest' }] }],
      line: ['queue', { team: 'care', text: 'One moment.', maxWait: '1d' }],
      person: ['agent'],
      end: ['close', { text: 'Goodbye.' }],
    },
    [
      'start.next > wait0',
      'wants.fired > line',
      'line.accepted > person',
      'line.timeout > end',
      'person.resolved > end',
      'person.handback > end',
      ...numbers.map((number) => `wait${number}.next > ${number + 1 < count ? `wait${number + 1}` : 'end'}`),
    ],
  )
}
