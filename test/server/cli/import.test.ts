import { describe, expect, test } from 'vitest'
import { parseFlow } from '#engine/index.ts'
import { commandLine } from './command-line.ts'

const baton = commandLine()
const workflow = {
  task_routing: {
    filters: [
      {
        filter_friendly_name: 'Invoices',
        expression: 'topic == "invoice"',
        targets: [
          { queue: 'WQ77', expression: 'worker.skills HAS "billing help"', timeout: 60 },
          { queue: 'Everyone' },
        ],
      },
    ],
    default_filter: { queue: 'Everyone' },
  },
}

describe('baton import taskrouter', () => {
  test('writes the flow to a file and says what must be set up', async () => {
    await baton.save('workflow.json', workflow)
    const { code, out, err } = await baton.run(
      'import',
      'taskrouter',
      'workflow.json',
      '--out',
      'flows/invoices.flow.json',
    )
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/^✓ flows\/invoices\.flow\.json\n/)
    expect(out).toContain('Teams to set up, each asking who is idle longest\n  WQ77\n  Everyone\n')
    expect(out).toContain('Skills that agents need\n  billing_help, for “billing help”\n')
    expect(out).toContain('Variables that a conversation begins with\n  topic (text)\n')
    expect(out).toContain('“Everyone” helps too from then on; “WQ77” stays open')
    expect((await baton.run('check', 'invoices')).out).toContain('1 flow: 0 errors')
  })

  test('writes the flow to the screen alone, so that it can be piped', async () => {
    await baton.save('workflow.json', workflow)
    const args = ['--id', 'mine', '--name', 'Mine', '--team', 'WQ77=billing', '--team', 'Everyone=support']
    const { code, out, err } = await baton.run('import', 'taskrouter', 'workflow.json', ...args)
    const flow: unknown = JSON.parse(out)
    expect(code).toBe(0)
    expect(flow).toMatchObject({ id: 'mine', name: 'Mine' })
    expect(parseFlow(flow).ok).toBe(true)
    expect(err).toContain('  billing, for “WQ77”\n  support, for “Everyone”\n')
  })

  test('names every fault with its place, writes nothing, and ends with 1', async () => {
    await baton.save('workflow.json', {
      task_routing: { filters: [{ expression: 'a = 1', targets: [{ timeout: 1 }] }] },
    })
    const { code, out, err } = await baton.run('import', 'taskrouter', 'workflow.json', '--out', 'flow.json')
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain(
      '✗ fault At column 3: “=” compares nothing; write “==”. (/task_routing/filters/0/expression)\n',
    )
    expect(err).toMatch(/\nworkflow\.json: 2 faults, nothing imported\n$/)
    await expect(baton.read('flow.json')).rejects.toThrow('ENOENT')
  })

  test('says what is wrong with how it is called', async () => {
    await baton.save('workflow.json', workflow)
    await baton.save('broken.json', '{')
    expect((await baton.run('import', 'genesys', 'workflow.json')).err).toContain('Allowed choices are taskrouter.')
    expect((await baton.run('import', 'taskrouter', 'gone.json')).err).toMatch(/^gone\.json cannot be read/)
    expect((await baton.run('import', 'taskrouter', 'broken.json')).err).toMatch(/^broken\.json is not JSON/)
    expect((await baton.run('import', 'taskrouter', 'workflow.json', '--team', 'WQ77')).err).toMatch(
      /^“WQ77” names no team/,
    )
    expect((await baton.run('import', 'taskrouter', 'workflow.json', '--out', 'no/flow.json')).err).toMatch(
      /cannot be written/,
    )
  })
})
