/** Faults put into flows on purpose: by hand into small ones, and by one change each into the ready flows. */
import type { Flow } from '#engine/index.ts'
import { draw } from '../../draw.ts'
import { support } from '../drawn.ts'
import { add, changed, declare, drop, lead, remove, write } from './changes.ts'

export interface Fault {
  /** The rule that must find it, at the node. */
  readonly rule: string
  readonly node: string
  /** What a designer did. */
  readonly title: string
  readonly flow: () => Flow
}

function fault(rule: string, node: string, title: string, flow: () => Flow): Fault {
  return { rule, node, title, flow }
}

const LIMIT = [
  { id: 'ownLimit', label: 'own', when: 'vars.amount > 1000' },
  { id: 'over', label: 'over', when: 'vars.amount > 5000' },
]
const TRIAGE = [
  { id: 'emergency', label: 'Emergency', when: 'vars.redFlags' },
  { id: 'urgent', label: 'Urgent', when: 'vars.severity >= 7 && vars.severity < 3' },
]

const unset: readonly Fault[] = [
  fault('unset', 'prepared', 'skips a question whose answer is said later', () =>
    changed('banking', lead('amount.answered > limit')),
  ),
  fault('unset', 'prepared', 'forgets an answer just before it is said', () =>
    changed(
      'banking',
      lead('limit.else > paymentDone'),
      lead('paymentDone.next > prepared'),
      lead('prepared.next > assistant'),
    ),
  ),
  fault('unset', 'call', 'keeps the answer under another name', () =>
    changed('banking', declare('mobile', 'phone'), write('phone', { variable: 'mobile' })),
  ),
  fault('unset', 'ourFault', 'leads past the question for the order', () =>
    changed('ecommerce', lead('assistant.intent:return > returnReason')),
  ),
  fault('unset', 'welcome', 'greets by a name that is not always there', () =>
    changed('ecommerce', write('welcome', { text: 'Hello {{ customer.name }}!' })),
  ),
  fault('unset', 'tooLong', 'names a person who has not come', () =>
    changed('ecommerce', write('tooLong', { text: '{{ agent.name }} writes within 1 day.' })),
  ),
  fault('unset', 'backToBot', 'names a person who has just left', () =>
    changed('ecommerce', write('backToBot', { text: '{{ agent.name }} has left.' })),
  ),
  fault('unset', 'backToBot', 'reads out a note that nobody may have left', () =>
    changed('travel', write('backToBot', { text: 'In short: {{ handoff.note }}' })),
  ),
  fault('unset', 'triage', 'decides by a question that is not asked any more', () =>
    changed('healthcare', lead('symptoms.answered > redFlags')),
  ),
  fault('unset', 'renewal', 'promises a medicine that was never named', () =>
    changed('healthcare', lead('need.choice:prescription > renewal')),
  ),
  fault('unset', 'appointment', 'calls a number that was never asked for', () =>
    changed('healthcare', lead('need.choice:appointment > appointment')),
  ),
  fault('unset', 'known', 'decides by an answer that a failed call did not bring', () =>
    changed(
      'helpdesk',
      lead('checkStatus.failed > known'),
      write('known', {
        cases: [{ id: 'incident', label: 'Incident', when: 'vars.status.status.indicator != "none"' }],
      }),
    ),
  ),
  fault('unset', 'toRebooking', 'says a reference before it is asked for', () =>
    changed('travel', write('toRebooking', { text: 'I pass on {{ vars.bookingRef }}.' })),
  ),
  fault('unset', 'viewing', 'names a home that was not chosen', () =>
    changed('real-estate', lead('assistant.intent:viewing > viewerPhone')),
  ),
  fault('unset', 'ourFault', 'settles a return before it is summed up', () =>
    changed(
      'ecommerce',
      add('forget', 'set', { assign: [{ variable: 'orderNumber', value: 'null' }] }),
      lead('returnReason.choice:damaged > forget'),
      lead('forget.next > ourFault'),
      lead('returnReason.choice:wrong > forget'),
    ),
  ),
  fault('unset', 'sales', 'takes the priority from a figure that is not there', () =>
    changed('real-estate', lead('address.answered > salesOpen')),
  ),
  fault('unset', 'tell', 'says when it opens, without any hours', () =>
    support(
      { tell: ['say', { text: 'We open {{ hours.opens }}.' }] },
      { without: ['hello.next'], with: ['hello.next > tell', 'tell.next > chat'] },
    ),
  ),
  fault('unset', 'look', 'calls an address with a hole in it', () =>
    support(
      { look: ['call', { method: 'GET', url: 'https://shop.example/{{ vars.orderNumber }}' }] },
      { without: ['hello.next'], with: ['hello.next > look', 'look.ok > chat'] },
    ),
  ),
  fault('unset', 'order', 'checks an answer against a limit that is not known', () =>
    support(
      {
        order: ['ask', { text: 'How much?', variable: 'amount', as: 'number', check: 'value <= vars.limit' }],
        most: ['set', { assign: [{ variable: 'limit', value: '50' }] }],
      },
      { with: ['most.next > chat'] },
      { amount: { type: 'number' }, limit: { type: 'number' } },
    ),
  ),
]

const conditions: readonly Fault[] = [
  fault('conditions', 'limit', 'asks the larger amount after the smaller', () =>
    changed('banking', write('limit', { cases: LIMIT })),
  ),
  fault('conditions', 'limit', 'asks the same twice', () =>
    changed('banking', write('limit', { cases: LIMIT.map((each) => ({ ...each, when: 'vars.amount > 1000' })) })),
  ),
  fault('conditions', 'amount', 'accepts no answer at all', () =>
    changed('banking', write('amount', { check: 'value > 0 && value < 0' })),
  ),
  fault('conditions', 'triage', 'bounds a figure from the wrong side', () =>
    changed('healthcare', write('triage', { cases: TRIAGE })),
  ),
  fault('conditions', 'again', 'leaves nobody over for “otherwise”', () =>
    changed(
      'healthcare',
      write('again', { cases: [{ id: 'yes', label: 'Yes', when: 'has(vars.more) || !has(vars.more)' }] }),
    ),
  ),
  fault('conditions', 'largeCustomer', 'watches for two plans at once', () =>
    changed(
      'helpdesk',
      write('largeCustomer', {
        signals: [{ signal: 'value', when: 'customer.plan == "enterprise" && customer.plan == "team"' }],
      }),
    ),
  ),
  fault('conditions', 'leavingSoon', 'watches for an hour that is both', () =>
    changed(
      'travel',
      write('leavingSoon', {
        signals: [
          { signal: 'value', when: 'customer.hoursToDeparture < 24 && customer.hoursToDeparture > 48' },
          { signal: 'fallbacks', times: 1 },
        ],
      }),
    ),
  ),
  fault('conditions', 'complaint', 'watches for a topic without words', () =>
    changed('travel', write('complaint', { signals: [{ signal: 'topic' }] })),
  ),
  fault('conditions', 'refundRef', 'wants a number to be two', () =>
    changed('travel', write('refundRef', { check: 'value == "A" && value == "B"' })),
  ),
  fault('conditions', 'highPrice', 'fires at everybody', () =>
    changed('real-estate', write('highPrice', { signals: [{ signal: 'value', when: 'conversation.turns >= 0' }] })),
  ),
]

const shadows: readonly Fault[] = [
  fault('shadows', 'theft', 'adds a trigger for a word that another has', () =>
    changed(
      'banking',
      add('theft', 'trigger', { signals: [{ signal: 'topic', words: ['stolen card'] }] }),
      lead('theft.fired > fraudAdvice'),
    ),
  ),
  fault('shadows', 'unsure', 'adds a trigger that asks for more of the same', () =>
    changed(
      'banking',
      add('unsure', 'trigger', { signals: [{ signal: 'lowConfidence', below: 0.5, times: 3 }] }),
      lead('unsure.fired > openNow'),
    ),
  ),
  fault('shadows', 'manager', 'adds a second trigger for whoever asks for a person', () =>
    changed(
      'healthcare',
      add('manager', 'trigger', { signals: [{ signal: 'explicitRequest' }] }),
      lead('manager.fired > openNow'),
    ),
  ),
  fault('shadows', 'angry', 'adds a trigger for what two others hear already', () =>
    changed(
      'ecommerce',
      add('angry', 'trigger', {
        signals: [
          { signal: 'shouting', above: 0.9 },
          { signal: 'turns', over: 40 },
        ],
      }),
      lead('angry.fired > openNow'),
    ),
  ),
  fault('shadows', 'furious', 'adds a stricter mood behind a milder one', () =>
    changed(
      'real-estate',
      add('furious', 'trigger', { signals: [{ signal: 'sentiment', below: -0.8, times: 2 }] }),
      lead('furious.fired > openNow'),
    ),
  ),
]

const CHOICES = [
  { id: 'bill', label: 'A bill' },
  { id: 'other', label: 'Something else' },
]
const asks: readonly Fault[] = [
  fault('asks', 'about', 'lets whoever asks for a person sort themselves first', () =>
    changed(
      'ecommerce',
      declare('about', 'choice'),
      add('about', 'ask', { text: 'What is it about?', variable: 'about', as: 'choice', choices: CHOICES }),
      lead('wantsPerson.fired > about'),
      lead('about.answered > openNow'),
    ),
  ),
  fault('asks', 'orderNumber', 'asks the angry for their order number first', () =>
    changed('ecommerce', lead('upset.fired > orderNumber'), lead('orderNumber.answered > openNow')),
  ),
  fault('asks', 'birthday', 'asks for a birthday on the way to a person', () =>
    changed(
      'healthcare',
      declare('birthday', 'date'),
      add('birthday', 'ask', { text: 'When were you born?', variable: 'birthday', as: 'date' }),
      lead('offer.human > birthday'),
      lead('birthday.answered > openNow'),
    ),
  ),
  fault('asks', 'number', 'asks for a number where nobody calls', () =>
    changed(
      'travel',
      declare('number', 'phone'),
      add('number', 'ask', { text: 'Your number?', variable: 'number', as: 'phone' }),
      lead('wantsPerson.fired > number'),
      lead('number.answered > openNow'),
    ),
  ),
  fault('asks', 'orderAgain', 'asks again for what was just answered', () =>
    changed(
      'ecommerce',
      add('orderAgain', 'ask', { text: 'And your order?', variable: 'orderNumber', as: 'number' }),
      lead('orderNumber.answered > orderAgain'),
      lead('orderAgain.answered > returnReason'),
    ),
  ),
  fault('asks', 'tooLong', 'lets a ticket ask for an address that the flow has asked for', () =>
    changed(
      'travel',
      declare('email', 'email'),
      add('mail', 'ask', { text: 'Your address?', variable: 'email', as: 'email' }),
      lead('mail.answered > tooLong'),
      lead('mail.failed > offer'),
      lead('travelDesk.timeout > mail'),
      lead('travelDesk.empty > mail'),
    ),
  ),
]

const context: readonly Fault[] = [
  fault('context', 'authorise', 'requires a payee that is not asked for on one way', () =>
    changed('banking', lead('amount.answered > limit')),
  ),
  fault('context', 'nurses', 'requires symptoms that nobody is asked for', () =>
    changed('healthcare', lead('need.choice:symptoms > severity')),
  ),
  fault('context', 'sales', 'requires an address that is skipped', () =>
    changed('real-estate', lead('assistant.intent:selling > worth')),
  ),
  fault('context', 'sales', 'requires a name that it misspells', () =>
    changed('real-estate', write('sales', { requires: ['adress', 'worth'] })),
  ),
]

const structure: readonly Fault[] = [
  fault('outlets', 'openNow', 'leaves the closed hours open', () => changed('banking', drop('openNow.closed'))),
  fault('outlets', 'service', 'draws no way for who waits too long', () => changed('banking', drop('service.timeout'))),
  fault('outlets', 'returnReason', 'forgets a choice', () => changed('ecommerce', drop('returnReason.choice:wrong'))),
  fault('outlets', 'survey', 'forgets who skips the survey', () => changed('travel', drop('survey.skipped'))),
  fault('outlets', 'wantsPerson', 'lets a trigger lead nowhere', () => changed('helpdesk', drop('wantsPerson.fired'))),
  fault('circles', 'neverShare', 'leads a message back to itself', () =>
    changed('banking', lead('neverShare.next > neverShare')),
  ),
  fault('circles', 'disruptionDesk', 'lets two queues turn away to each other', () =>
    changed('travel', lead('travelDesk.empty > disruptionDesk'), lead('disruptionDesk.empty > travelDesk')),
  ),
  fault('circles', 'one', 'goes round between two messages', () =>
    support(
      { one: ['say', { text: '1' }], two: ['say', { text: '2' }] },
      { without: ['order.answered'], with: ['order.answered > one', 'one.next > two', 'two.next > one'] },
    ),
  ),
  fault('person', 'chat', 'has nobody to come to', () =>
    draw({ start: ['start'], chat: ['listen'], bye: ['close'] }, [
      'start.next > chat',
      'chat.done > bye',
      'chat.failed > bye',
    ]),
  ),
  fault('person', 'name', 'asks questions and ends', () =>
    draw(
      { start: ['start'], name: ['ask', { text: 'Name?', variable: 'name', as: 'text' }], bye: ['close'] },
      ['start.next > name', 'name.answered > bye', 'name.failed > bye'],
      { name: { type: 'text' } },
    ),
  ),
  fault('unreachable', 'neverShare', 'leads a trigger past its message', () =>
    changed('banking', lead('secret.fired > openNow')),
  ),
  fault('unreachable', 'afterHours', 'leads the closed hours into the queue', () =>
    changed('travel', lead('openNow.closed > travelDesk')),
  ),
  fault('unreachable', 'lonely', 'leaves a node over', () => support({ lonely: ['close'] })),
  fault('waits', 'service', 'promises a first answer after the wait has ended', () =>
    changed(
      'banking',
      write('service', { maxWait: '30s', sla: { firstResponse: '5m' }, relax: undefined, sameAgent: undefined }),
    ),
  ),
  fault('waits', 'disruptionDesk', 'eases what was never asked for', () =>
    changed('travel', write('disruptionDesk', { relax: [{ after: '1m', drop: ['tier'] }] })),
  ),
  fault('waits', 'billing', 'asks a team that is asked already', () =>
    support({
      billing: [
        'queue',
        { team: 'billing', text: 'About {{ queue.eta }}.', relax: [{ after: '1m', teams: ['billing'] }] },
      ],
    }),
  ),
]

const promises: readonly Fault[] = [
  fault('bounded', 'chat', 'has no end for who never answers', () =>
    draw(
      {
        start: ['start'],
        chat: ['listen'],
        wants: ['trigger', { signals: [{ signal: 'explicitRequest' }] }],
        desk: ['queue', { team: 'desk', text: 'About {{ queue.eta }}.' }],
        person: ['agent'],
      },
      [
        'start.next > chat',
        'wants.fired > desk',
        'desk.accepted > person',
        'desk.timeout > chat',
        'desk.empty > chat',
        'person.resolved > chat',
        'person.handback > chat',
      ],
    ),
  ),
  fault('bounded', 'first', 'sends who waits too long from queue to queue', () =>
    support(
      {
        first: ['queue', { team: 'first', text: 'About {{ queue.eta }}.' }],
        second: ['queue', { team: 'second', text: 'About {{ queue.eta }}.' }],
      },
      {
        without: ['wants.fired'],
        with: [
          'wants.fired > first',
          'first.accepted > person',
          'first.timeout > second',
          'first.empty > note',
          'second.accepted > person',
          'second.timeout > first',
          'second.empty > note',
        ],
      },
    ),
  ),
  fault('bounded', 'travelDesk', 'lets two queues wait for each other', () =>
    changed('travel', lead('travelDesk.timeout > disruptionDesk'), lead('disruptionDesk.timeout > travelDesk')),
  ),
  fault('explicit', 'wantsPerson', 'answers a wish for a person with a message', () =>
    changed('banking', lead('wantsPerson.fired > stillHere')),
  ),
  fault('explicit', 'assistant', 'does not hear a wish for a person', () =>
    changed('ecommerce', remove('wantsPerson')),
  ),
  fault('explicit', 'wantsPerson', 'gives a wish for a person back to the bot', () =>
    changed('real-estate', lead('wantsPerson.fired > assistant')),
  ),
  fault('queues', 'service', 'says no time before the wait', () =>
    changed('banking', write('service', { text: 'I’m bringing in a colleague.' })),
  ),
  fault('queues', 'authorise', 'waits for nobody at night', () => changed('banking', drop('authorise.empty'))),
  fault('queues', 'frontDesk', 'waits for nobody at the front desk', () =>
    changed('healthcare', drop('frontDesk.empty')),
  ),
  fault('endings', 'person', 'sends who was helped back into the queue for ever', () =>
    draw(
      {
        start: ['start'],
        chat: ['listen'],
        wants: ['trigger', { signals: [{ signal: 'explicitRequest' }] }],
        desk: ['queue', { team: 'desk', text: 'About {{ queue.eta }}.' }],
        other: ['queue', { team: 'other', text: 'About {{ queue.eta }}.' }],
        person: ['agent'],
      },
      [
        'start.next > chat',
        'wants.fired > desk',
        'desk.accepted > person',
        'desk.timeout > other',
        'other.accepted > person',
        'other.timeout > desk',
        'person.resolved > desk',
        'person.handback > desk',
      ],
    ),
  ),
  fault('outlets', 'person', 'leaves who was helped with nobody', () =>
    draw(
      {
        start: ['start'],
        chat: ['listen'],
        wants: ['trigger', { signals: [{ signal: 'explicitRequest' }] }],
        desk: ['queue', { team: 'desk', text: 'About {{ queue.eta }}.' }],
        person: ['agent'],
        back: ['handback'],
      },
      [
        'start.next > chat',
        'wants.fired > desk',
        'desk.accepted > person',
        'desk.timeout > chat',
        'person.handback > back',
      ],
    ),
  ),
]

/** Every fault, by rule. */
export const faults: readonly Fault[] = [
  ...unset,
  ...conditions,
  ...shadows,
  ...asks,
  ...context,
  ...structure,
  ...promises,
]
