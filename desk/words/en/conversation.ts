/** The words of `desk/conversation`, but for its composer and context. */
export const conversation = {
  label: 'Conversation',
  unknown: 'Customer',
  staff: 'Staff',
  from: { bot: 'Bot', agent: 'Agent', customer: 'Customer', system: 'Notice' },
  note: (by: string) => `Private note by ${by}`,
  whisper: (by: string) => `Whisper from ${by}`,
  transcript: 'Transcript',
  earlier: (count: number) => `Show ${count} earlier`,
  newMessages: (count: number) => (count === 1 ? '1 new message' : `${count} new messages`),
  choices: 'Offered answers',
  reading: 'Reading the conversation…',
  missing: {
    title: 'No such conversation',
    explain:
      'It never existed, it was erased or its time was over, or you may not read it. An administrator can tell which.',
  },
  forgotten: {
    title: 'This conversation was erased',
    explain:
      'All that was kept of the customer was erased, or the time for keeping it was over. What you had not sent is ' +
      'gone too. When the customer writes again, a new conversation begins. An administrator can tell why.',
  },
  none: { title: 'No conversation is open', explain: 'Choose one from the list, or press J for the next.' },
  back: 'Back to the list',
  actions: 'What can be done',
  more: 'More',
  sending: 'Sending…',
  retrying: 'No answer yet; it is sent again by itself.',
  typing: (name: string) => `${name} is writing`,
  happened: {
    started: (channel: string) => `Conversation began (${channel})`,
    escalated: (reason: string) => `Left the bot: ${reason}`,
    /** A reason begins with the name: “Sarah: Spanish 4, idle 2 min”. */
    offered: (name: string, reason: string | undefined) =>
      `Offered to ${reason?.startsWith(`${name}:`) === true ? reason : name}`,
    offerEnded: {
      declined: (name: string) => `${name} declined`,
      expired: (name: string) => `${name} did not answer in time`,
      vanished: (name: string) => `${name} went offline`,
    },
    accepted: (name: string) => `${name} took the conversation`,
    transferred: (by: string | null, to: string) =>
      by === null ? `Transferred to ${to}` : `${by} transferred it to ${to}`,
    handedBack: (by: string | null) => (by === null ? 'Handed back to the bot' : `${by} handed it back to the bot`),
    resolved: (by: string | null, how: string) => {
      const who = by === null ? 'Resolved' : `${by} resolved it`
      return how === '' ? who : `${who}: ${how}`
    },
    wentOffline: (name: string) => `${name} went offline while holding it`,
    identified: 'The customer signed in',
    left: 'The customer left',
    returned: 'The customer came back',
    told: {
      ready: 'The customer was told that somebody is here now',
      soon: 'The customer was reminded of the call',
      broken: 'The call did not come about; the customer was told, and a ticket took its place',
    },
    due: { ticket: 'The ticket was taken up again', callback: 'The time of the booked call has come' },
    botAsked: (reason: string) => `The bot asked for a person: ${reason}`,
    botFailed: 'The bot could not go on',
    rated: (score: number, comment: string | undefined) =>
      comment === undefined || comment === ''
        ? `The customer rated it ${score}`
        : `The customer rated it ${score}: ${comment}`,
  },
  standing: {
    mine: 'With you',
    offered: 'Offered to you',
    waiting: (team: string) => `Waiting for ${team}`,
    theirs: (name: string) => `With ${name}`,
    bot: 'With the bot',
    closed: 'Closed',
  },
  why: {
    waiting: 'Nobody has taken it yet. Take it to answer.',
    waitingAsNobody: 'Nobody has taken it yet. Choose whom you answer as (menu beside your name) to take it.',
    offered: 'It is offered to you. Accept it to answer.',
    theirs: (name: string) => `${name} has this one. You may read along.`,
    bot: 'The bot has the word. You may read along.',
    closed: (reason: string) =>
      reason === '' ? 'This conversation is closed.' : `This conversation is closed: ${reason}.`,
  },
  watch: (name: string) => `You read along. ${name} sees what you whisper; the customer never does.`,
  taken: (name: string) => `${name} took this a moment ago. It is in good hands.`,
  act: {
    accept: 'Accept',
    take: 'Take it',
    decline: 'Decline',
    transfer: 'Transfer',
    handback: 'Hand back',
    resolve: 'Resolve',
    takeOver: 'Take over',
    assign: 'Reassign',
    context: 'Context',
  },
  transfer: {
    title: 'Transfer the conversation',
    titleAssign: 'Give the conversation to somebody',
    to: 'To whom',
    search: 'Search teams and people',
    teams: 'Teams',
    people: 'People',
    noneFit: 'No team or person fits.',
    teamLine: (online: number, waiting: number) =>
      `${online === 0 ? 'nobody online' : online === 1 ? '1 online' : `${online} online`} · ${waiting} waiting`,
    personLine: (presence: string, load: number, capacity: number) => `${presence} · ${load} of ${capacity}`,
    away: 'Not online: the customer waits until somebody is.',
    full: 'At capacity: the customer waits until there is room.',
    note: 'Note for whoever takes it',
    noteHelp: 'What you found out, what is promised, what is still to do. The customer does not see it.',
    submit: 'Transfer',
    submitAssign: 'Give',
    done: (to: string) => `Passed on to ${to}. The customer keeps their place, and is told.`,
    declined: (name: string, who: string) => `${name} declined ${who}. The customer waits at the original place.`,
    expired: (name: string, who: string) =>
      `${name} did not answer in time for ${who}. The customer waits at the original place.`,
    vanished: (name: string, who: string) =>
      `${name} went offline before taking ${who}. The customer waits at the original place.`,
    accepted: (name: string, who: string) => `${name} has taken ${who}.`,
  },
  handback: {
    title: 'Hand back to the bot',
    explain: 'The bot goes on at the step where it was left, and knows what you write here.',
    note: 'What you did, for the bot',
    submit: 'Hand back',
    done: 'Handed back. The bot goes on.',
  },
  resolve: {
    title: 'Resolve the conversation',
    explain: 'Say how it ended: it helps whoever talks to this customer next, and suggests answers for similar ones.',
    reason: 'How was it resolved?',
    common: 'Often',
    reasons: [
      'Question answered',
      'Problem solved',
      'Refund arranged',
      'Passed to another department',
      'Customer did not answer',
      'Spam',
    ],
    submit: 'Resolve',
    done: 'Resolved.',
  },
  attachment: {
    open: (name: string, size: string) => `Open ${name} (${size})`,
    failed: 'This file could not be read.',
    image: (name: string) => `Picture ${name}`,
  },
}
