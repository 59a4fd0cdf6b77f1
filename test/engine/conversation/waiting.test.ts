import { describe, expect, test } from 'vitest'
import { lostOffer, waitingOf, type Snapshot } from '#engine/index.ts'
import { support } from '../draw.ts'
import { MONDAY, Told } from '../step/told.ts'

const people = { sarah: { id: 'sarah', name: 'Sarah' }, tom: { id: 'tom', name: 'Tom' } }

function queued(): Told {
  const told = new Told(support())
  told.customer('a person please')
  return told
}

function offeredTo(agent: keyof typeof people): Snapshot {
  const told = queued()
  told.send({ type: 'offer.made', agent: people[agent], until: MONDAY + 60_000 })
  return told.last.snapshot
}

function heldBy(agent: keyof typeof people): Snapshot {
  const told = queued()
  told.send({ type: 'agent.accept', agent, facts: { agents: people } })
  return told.last.snapshot
}

describe('A place in a queue', () => {
  test('is there while one waits for a person, and not while one talks with the bot or a person, or leaves a note', () => {
    expect(waitingOf(queued().last.snapshot)).toMatchObject({ node: 'billing', team: 'billing' })
    expect(waitingOf(new Told(support()).last.snapshot)).toBeNull()
    expect(waitingOf(heldBy('sarah'))).toBeNull()
    const note = queued()
    note.timer('billing.maxWait')
    expect(note.state).toBe('queued.note')
    expect(waitingOf(note.last.snapshot)).toBeNull()
  })
})

describe('An offer is lost', () => {
  test('when it is taken away, or made to another, while the customer waits on', () => {
    expect(lostOffer(offeredTo('sarah'), queued().last.snapshot)).toBe(true)
    expect(lostOffer(offeredTo('sarah'), offeredTo('tom'))).toBe(true)
  })

  test('not while it stands, where none was made, or when it is accepted', () => {
    expect(lostOffer(offeredTo('sarah'), offeredTo('sarah'))).toBe(false)
    expect(lostOffer(queued().last.snapshot, queued().last.snapshot)).toBe(false)
    expect(lostOffer(offeredTo('sarah'), heldBy('sarah'))).toBe(false)
  })
})
