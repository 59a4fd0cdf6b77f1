import { RuntimeError, type Runtime } from '#server/runtime/runtime.ts'

/** Dead letters of which `c1:7:0` is there, and customers of whom `ann@example.com` is. */
export function fakeOperation(
  now: () => number,
): Pick<Runtime, 'retryDeadLetter' | 'setDeadLetterAside' | 'customers' | 'unready' | 'work' | 'rest'> {
  const known = (id: string, wanted: string): void => {
    if (id !== wanted) throw new RuntimeError('not-found', 'There is no such thing here.')
  }
  return {
    unready: async () => undefined,
    rest: async () => undefined,
    work: async () => ({
      jobs: [{ task: 'effect', count: 2, lag: 1_500 }],
      deadLetters: { open: 1, aside: 0 },
      connections: { used: 1, idle: 2, waiting: 0 },
    }),
    async retryDeadLetter(id) {
      known(id, 'c1:7:0')
    },
    async setDeadLetterAside(id) {
      known(id, 'c1:7:0')
    },
    customers: {
      async export(customer) {
        known(customer, 'ann@example.com')
        return (async function* () {
          yield `{"customer":"${customer}",`
          yield '"conversations":[]}'
        })()
      },
      async erase(customer) {
        known(customer, 'ann@example.com')
        return { customer: 'hash', at: now(), conversations: 1, rows: { conversations: 1 }, proof: 'proof' }
      },
      erasures: async () => [{ customer: 'hash', at: now(), conversations: 1, rows: { conversations: 1 } }],
    },
  }
}
