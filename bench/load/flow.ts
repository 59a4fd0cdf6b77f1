/** What everybody talks on: a bot that is watched, a pause, the queue, people, a survey that may be left unanswered. */
import type { Flow } from '#engine/index.ts'
import { draw } from '#test/engine/draw.ts'

export const TEAM = 'support'

export const flow: Flow = {
  ...draw(
    {
      start: ['start'],
      hello: ['say', { text: 'Hello {{ customer.name | default: "there" }}, ask away.' }],
      chat: ['listen', { intents: [{ id: 'pause' }], silentAfter: '10m' }],
      nap: ['wait', { for: '3s' }],
      awake: ['say', { text: 'Where were we?' }],
      wants: [
        'trigger',
        {
          signals: [
            { signal: 'explicitRequest' },
            { signal: 'fallbacks', times: 3 },
            { signal: 'lowConfidence', times: 3 },
            { signal: 'sentiment' },
            { signal: 'loop', times: 3 },
            { signal: 'shouting' },
            { signal: 'value', when: 'customer.tier == "platinum"' },
            { signal: 'botSilent' },
            { signal: 'botAsked' },
          ],
        },
      ],
      line: [
        'queue',
        {
          team: TEAM,
          text: 'You are number {{ queue.position }}, about {{ queue.eta }}.',
          updateText: 'Still number {{ queue.position }}.',
          updateEvery: '30s',
          maxWait: '10m',
        },
      ],
      person: ['agent', { intro: '{{ agent.name }} here, I have read everything.' }],
      back: ['handback', { text: 'You are back with the assistant.' }],
      stars: ['survey', { text: 'How was it?', timeout: '10s' }],
      bye: ['close', { text: 'Goodbye.', reason: 'resolved' }],
    },
    [
      'start.next > hello',
      'hello.next > chat',
      'chat.intent:pause > nap',
      'chat.done > stars',
      'nap.next > awake',
      'awake.next > chat',
      'wants.fired > line',
      'line.accepted > person',
      'line.timeout > stars',
      'person.resolved > stars',
      'person.handback > back',
      'stars.answered > bye',
      'stars.skipped > bye',
    ],
  ),
  id: 'load',
}
