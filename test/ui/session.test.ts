/** Laws of `ui/sign-in/session.ts`. */
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { createSession, isPersons, personOf } from '#ui/sign-in/session.ts'

describe('Who is signed in on this device', () => {
  test('1. a key or a code in the address is taken out of it at once, and other words of it stay', () => {
    fc.assert(
      fc.property(fc.constantFrom('key', 'code'), fc.string({ minLength: 1 }), (name, secret) => {
        fc.pre(secret.trim() !== '')
        const clear = vi.fn()
        const { state } = tab(device(), `#${new URLSearchParams({ [name]: secret }).toString()}`, clear)
        expect(clear).toHaveBeenCalledOnce()
        expect(state()[name === 'key' ? 'key' : 'code']).toBe(name === 'key' ? secret.trim() : secret)
      }),
    )
    const clear = vi.fn()
    tab(device(), '#canvas', clear)
    expect(clear).not.toHaveBeenCalled()
  })

  test('1. a code is exchanged by one only, and signs nobody in before', () => {
    const { state, takeCode } = tab(signedInDevice('former'), '#code=once')
    expect(state()).toMatchObject({ key: null, code: 'once' })
    expect([takeCode(), takeCode()]).toEqual(['once', null])
  })

  test('2. who signs out in one tab is signed out in all', () => {
    const place = signedInDevice('mine')
    const [one, other] = [tab(place), tab(place)]
    expect(one.signOut()).toBe('mine')
    expect([one.key(), other.key()]).toEqual([null, null])
    expect(tab(place).key()).toBeNull()
  })

  test('2. who signs in at one tab is signed in at all, also where the session had ended', () => {
    const place = device()
    const [one, other] = [tab(place), tab(place)]
    one.signIn('first', 'agent/sarah')
    expect(other.key()).toBe('first')
    one.end('first')
    other.end('first')
    one.signIn('second', 'agent/sarah')
    expect([one.key(), other.key()]).toEqual(['second', 'second'])
    expect(other.state().ended).toBe(false)
  })

  test('3. what has ended asks nothing more with the old key, and goes on for the same person', () => {
    const one = tab(device())
    const renewed = vi.fn()
    const changed = vi.fn()
    one.signIn('first', 'agent/sarah')
    one.onRenewed(renewed)
    one.onChanged(changed)
    const { turn } = one.state()
    one.end('first')
    expect(one.key()).toBeNull()
    expect(one.state()).toMatchObject({ key: 'first', ended: true })
    one.signIn('second', 'agent/sarah')
    expect(one.state()).toEqual({ key: 'second', ended: false, turn, code: null })
    expect(renewed).toHaveBeenCalledOnce()
    expect(changed).not.toHaveBeenCalled()
  })

  test('3. for anybody else it begins anew', () => {
    const one = tab(device())
    one.signIn('first', 'agent/sarah')
    const { turn } = one.state()
    const renewed = vi.fn()
    const changed = vi.fn()
    one.onRenewed(renewed)
    one.onChanged(changed)
    one.end('first')
    one.signIn('second', 'agent/ben')
    expect(one.state().turn).toBeGreaterThan(turn)
    expect(renewed).not.toHaveBeenCalled()
    expect(changed).toHaveBeenCalledOnce()
  })

  test('3. a key that came by a link goes on for its person once it is known whose it is', () => {
    const one = tab(device(), '#key=link')
    const { turn } = one.state()
    one.belongsTo('agent/sarah')
    one.end('link')
    one.signIn('second', 'agent/sarah')
    expect(one.state().turn).toBe(turn)
  })

  test('3. a page that is loaded again knows whose it was', () => {
    const place = device()
    tab(place).signIn('first', 'agent/sarah')
    const one = tab(place)
    const { turn } = one.state()
    one.end('first')
    one.signIn('second', 'agent/sarah')
    expect(one.state().turn).toBe(turn)
  })

  test('3. an answer to a key that was changed meanwhile ends nothing', () => {
    const one = tab(device())
    one.signIn('first', 'agent/sarah')
    one.signIn('second', 'agent/sarah')
    one.end('first')
    expect(one.key()).toBe('second')
  })

  test('on a device that keeps nothing one works until the page is left', () => {
    const refuse = (): never => {
      throw new Error('SecurityError')
    }
    const one = createSession({ getItem: refuse, setItem: refuse, removeItem: refuse }, { hash: '', clear: () => {} })
    one.signIn('mine', 'agent/sarah')
    expect(one.key()).toBe('mine')
    expect(one.signOut()).toBe('mine')
    expect(one.key()).toBeNull()
  })
})

test('two sessions of one person are alike, those of two people are not', () => {
  const sarah = { id: 'usr_1', name: 'Sarah', role: 'designer' as const }
  expect(personOf({ role: 'designer', name: 'Sarah', user: sarah })).toBe(
    personOf({ role: 'designer', name: 'S.', user: sarah }),
  )
  expect(personOf({ role: 'designer', user: sarah })).not.toBe(
    personOf({ role: 'designer', user: { ...sarah, id: 'usr_2' } }),
  )
  expect(personOf({ role: 'agent', agent: 'sarah', user: sarah })).toBe(personOf({ role: 'agent', agent: 'sarah' }))
})

test('a session says itself that it is a person’s, and a key that it is none', () => {
  expect(['baton_session_x', 'baton_admin_x', null].map(isPersons)).toEqual([true, false, false])
})

interface Device {
  readonly places: Map<string, string>
  readonly tabs: (() => void)[]
}

function device(): Device {
  return { places: new Map(), tabs: [] }
}

function signedInDevice(key: string): Device {
  const place = device()
  tab(place).signIn(key, 'agent/sarah')
  return place
}

/** Another tab of a device: a change of the key in one is heard in the others, as browsers do it. */
function tab({ places, tabs }: Device, hash = '', clear = () => {}) {
  let own = (): void => {}
  const tell = (name: string): void => {
    if (name === 'baton.key') for (const hear of tabs) if (hear !== own) hear()
  }
  const storage = {
    getItem: (name: string) => places.get(name) ?? null,
    setItem(name: string, value: string) {
      if (places.get(name) === value) return
      places.set(name, value)
      tell(name)
    },
    removeItem(name: string) {
      if (places.delete(name)) tell(name)
    },
  }
  return createSession(storage, { hash, clear }, (hear) => {
    own = hear
    tabs.push(hear)
  })
}
