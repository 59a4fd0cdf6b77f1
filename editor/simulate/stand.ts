/** A run that stands where events lead: those of a problem's path, or of a conversation that really was. */
import type { Happened, Versions } from '#engine/index.ts'
import { scenarioOfLog } from '#engine/simulate/of-log.ts'
import { editor } from '../document/store.ts'
import { scriptOf, settingOfScenario } from './scenarios/replay.ts'
import { showPage, tellRun } from './session.ts'

/**
 * Begins the run anew as these events went, and goes on from there, on the flow that is open.
 * @param versions the flow that the events ran on, or its versions where they moved from one to another
 * @param version the version they began on
 * @returns where it goes another way than they did, in sentences; none: it stands where they led
 * @throws Refusal when the events are not of such a flow
 */
export function standAt(versions: Versions, version: number, events: readonly Happened[]): readonly string[] {
  const { scenario, notes } = scenarioOfLog(versions, events, { name: 'As it was', version, asItIs: true })
  showPage('chat')
  tellRun({ type: 'opened', options: settingOfScenario(scenario), script: scriptOf(scenario) })
  editor.show('simulator')
  return notes
}
