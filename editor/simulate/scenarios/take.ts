/** Takes a flow's scenarios along, in the format that `baton test` reads. */
import { fileText, shelf } from './shelf.ts'

/** Hands them to the browser as a file. */
export function downloadScenarios(flowId: string): void {
  const url = URL.createObjectURL(
    new Blob([fileText(flowId, shelf.of(flowId).scenarios)], { type: 'application/json' }),
  )
  const link = document.createElement('a')
  link.href = url
  link.download = `${flowId}.scenarios.json`
  link.click()
  URL.revokeObjectURL(url)
}

export function copyScenarios(flowId: string): Promise<void> {
  return navigator.clipboard.writeText(fileText(flowId, shelf.of(flowId).scenarios))
}
