import { expect, test } from 'vitest'
import { words } from '#editor/words/en.ts'
import { testStudio } from '#test/driver/designer.ts'
import { flowNamed, flowNames } from '#test/driver/index.ts'

const studio = testStudio(flowNames().map(flowNamed))

test('a newcomer comes from the gallery to a simulated handoff in at most 5 clicks', async () => {
  const ann = await studio.designer()
  await ann.opensGallery()
  await ann.page.getByRole('link', { name: 'Hello', exact: true }).click()
  await ann.page.getByRole('button', { name: words.shell.panels.simulator }).click()
  await ann.page.getByRole('button', { name: 'I want to talk to a person' }).click()
  await ann.sees.standing('queued.line').waitFor()
  await ann.sees.panel
    .getByRole('button', { name: /accepts$/ })
    .first()
    .click()
  await ann.sees.standing('agentActive.person').waitFor()
  expect(ann.device.presses()).toBeGreaterThan(0)
  expect(ann.device.presses()).toBeLessThanOrEqual(5)
})
