/** The words of “why”, in the simulator and in conversations that really were. */
export const why = {
  title: 'Why',
  triggers: 'The triggers, in the order of the flow',
  outcomes: {
    fired: 'fired',
    matched: 'matched too',
    held: 'held back',
    silent: 'did not match',
    unasked: 'not asked',
  },
  needed: (needs: string) => `Missing: ${needs}`,
  ways: 'What the ways asked',
  yes: 'yes',
  no: 'no',
  leads: (outlet: string | undefined, to: string) =>
    outlet === undefined ? `Yes leads to: ${to}` : `Yes leads by “${outlet}” to: ${to}`,
  stays: (outlet: string | undefined) =>
    outlet === undefined ? 'Yes changes nothing of where it stands' : `Yes stays here: “${outlet}” is not drawn`,
  read: (name: string, value: string | null) => (value === null ? `${name} is not known` : `${name} is ${value}`),
}
