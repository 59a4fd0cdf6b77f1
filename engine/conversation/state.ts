/** The node of a state such as `queued.billing`; of a rung's (`escalation.help.offerHuman1`) its ladder. */
export function nodeOfState(state: string): string {
  return state.split('.')[1] ?? state
}
