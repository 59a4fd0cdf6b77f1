import { afterAll, beforeAll, expect, test } from 'vitest'
import { flowNamed } from '#test/driver/index.ts'
import { converseOverHttp, startServer, type TestServer } from '#test/driver/http.ts'
import { commandLine } from './command-line.ts'

const baton = commandLine()
const flow = flowNamed('hello')
let server: TestServer
let key: string

beforeAll(async () => {
  server = await startServer([flow])
  // What API.md’s `POST /v1/keys` answers.
  key = ((await server.admin.call('POST', '/v1/keys', { role: 'designer' })) as { readonly key: string }).key
})
afterAll(() => server.close())

test('A conversation that a server led becomes a scenario that passes, with nobody’s name in it', async () => {
  const { customer, bot, agent } = await converseOverHttp(server, flow, {
    id: 'c-77',
    customer: { name: 'Mia Berg', email: 'mia@berg.example.net' },
  })
  await customer.says('Where is my parcel? My number is +49 171 5550 123')
  await bot.replies('It is on its way, Mia.')
  await customer.says('a person please')
  await agent.accepts('sarah')
  await agent.says('Hello Mia, this is Sarah. I have it here.')
  await customer.says('Thanks')
  await agent.handsBack('The parcel comes on Monday.')
  await customer.says('Goodbye then')
  await baton.save('flows/hello.flow.json', flow)
  const environment = { BATON_URL: server.url, BATON_KEY: key }
  await server.admin.call('POST', '/v1/conversations/c-77/events', { type: 'customer.left' })
  const { out, err, code } = await baton.typed([], ['record', 'c-77', '--name', 'A parcel is found'], environment)
  expect({ err, code }).toEqual({ err: '', code: 0 })
  expect(out).not.toContain('!')
  expect(out).toContain('It passes on flows/hello.flow.json.')
  const written = await baton.read('flows/hello.scenarios.json')
  expect(written).not.toMatch(/mia|berg|sarah|5550 123/i)
  expect(written).toContain('"handsBack": "The parcel comes on Monday."')
  expect((await baton.run('test')).out).toContain('1 scenario passed')
})
