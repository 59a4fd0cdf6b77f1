import { describe, expect, it } from 'vitest'
import { faultsOf, filter, queuesOf, refusedOf, saidOf, workflow } from './written.ts'

const at = (index: number) => `/task_routing/filters/0/targets/${index}`

describe('what a target asks of workers is asked of agents', () => {
  it.each([
    ['worker.levels.x >= 10', { skills: { x: 10 } }],
    ['worker.levels.x > 9', { skills: { x: 10 } }],
    ['worker.levels.x >= -3', { skills: { x: 1 } }],
    ['worker.levels.x >= 2.2', { skills: { x: 3 } }],
    ['3 < worker.levels.x', { skills: { x: 4 } }],
    ['worker.levels >= 3', { skills: { levels: 3 } }],
    ['worker.routing >= 2', { skills: { routing: 2 } }],
    ['worker.routing.x >= 2', { skills: { x: 2 } }],
    ['worker.skills == true', { skills: { skills: 1 } }],
    ['true == worker.is_lead', { skills: { is_lead: 1 } }],
    ['worker.levels.x >= 2 AND worker.levels.x >= 5', { skills: { x: 5 } }],
    ['worker.levels.x >= 5 AND worker.levels.x >= 2', { skills: { x: 5 } }],
    ['worker.skills HAS "x" AND (worker.skills HAS "y" AND 1==1)', { skills: { x: 1, y: 1 } }],
    ['worker.languages HAS "es" AND worker.levels.x >= 5', { skills: { x: 5 }, language: 'es' }],
    ['worker.levels.x >= 5 AND worker.languages HAS "es"', { skills: { x: 5 }, language: 'es' }],
    ['worker.languages HAS "es" AND "es" IN worker.languages', { language: 'es' }],
    ['worker.language == "pt_BR"', { language: 'pt-BR' }],
    ['worker.languages HAS "zh-Hant_TW"', { language: 'zh-Hant-TW' }],
    ['worker.main.language == "es"', { language: 'es' }],
    ['worker.my_languages HAS "fil"', { language: 'fil' }],
    ['worker.sublanguage == "es"', { skills: { sublanguage_es: 1 } }],
    ['worker.language_level == "es"', { skills: { language_level_es: 1 } }],
    ['worker.language == "1es"', { skills: { language_1es: 1 } }],
    ['worker.language == "es!"', { skills: { language_es: 1 } }],
    ['worker.language == "Spanish"', { skills: { language_Spanish: 1 } }],
    ['worker.department == "hr"', { skills: { department_hr: 1 } }],
    ['worker.sid == task.agent', { sameAgent: '1d' }],
    ['task.agent == worker.friendly.name', { sameAgent: '1d' }],
    ['worker.agent_id == task.agent', { sameAgent: '1d' }],
    ['worker.sid == task.agent AND worker.skills HAS "x"', { sameAgent: '1d', skills: { x: 1 } }],
    ['worker.skills HAS "x" AND worker.sid == task.agent', { sameAgent: '1d', skills: { x: 1 } }],
  ])('%s', (expression, queue) => {
    expect(queuesOf({ queue: 'Q', expression })).toStrictEqual([{ team: 'Q', ...queue, maxWait: '1d' }])
  })

  const has = (way: string) =>
    `a queue asks for what a worker has, not for “${way}”; give the workers who are meant a skill.`
  const ignored = 'nobody is left out by name; take it out: who declined an offer or let it pass is skipped anyway.'
  const depends = (name: string) =>
    `what a queue asks for does not depend on “${name}”; write a filter and a target for each of its values.`
  const level = 'a queue asks for a level or more; compare with “>=” or “>”.'
  const person = (name: string) => `it names one person by “${name}”; give that person a skill of its own.`
  const one = 'a queue does not ask for one of several values; give the workers who have one of them a skill.'
  const away = 'agents are online, away or offline, and only those online are asked; take the activity out.'
  it.each([
    ['worker.is_lead != true', has('!=')],
    ['worker.is_lead == false', has('==')],
    ['worker.skills HAS true', has('HAS')],
    ['worker.skills == null', has('==')],
    ['worker.skills CONTAINS "x"', has('CONTAINS')],
    ['"x" CONTAINS worker.skills', has('is part of')],
    ['"x" NOT IN worker.skills', has('NOT HAS')],
    ['worker.sid NOT IN task.ignored', ignored],
    ['task.one NOT IN worker.list', ignored],
    ['task.one != worker.sid', ignored],
    ['worker.sid IN task.known', depends('task.known')],
    ['worker.team == task.teams[1].name', depends('task.teams[1].name')],
    ['worker.levels.x == 3', level],
    ['worker.levels.x <= 3', level],
    ['3 > worker.levels.x', level],
    ['worker.levels.x >= 11', 'levels go from 1 to 10; bring them within, here and for the workers.'],
    ['worker.levels.x > 10', 'levels go from 1 to 10; bring them within, here and for the workers.'],
    ['worker.sid == "WK1"', person('worker.sid')],
    ['worker.email == "a@example.org"', person('worker.email')],
    ['worker.full.name == "Ann"', person('worker.full.name')],
    ['worker.department IN ["a"]', one],
    ['["a"] HAS worker.department', one],
    ['worker.activity_name == "Available"', away],
    ['worker.activity.name == "x"', away],
    [
      'worker.channel.sms.capacity > 0',
      'how much a worker holds is the agent’s capacity and the team’s weights; take the channel out.',
    ],
    [
      'workers.available == 0',
      'nothing of the worker is compared; what is about the task belongs to the filter’s “expression”.',
    ],
    [
      'worker.languages HAS "es" AND worker.languages HAS "en"',
      'a queue asks for one language; ask for one of them, and for a skill for the other.',
    ],
    [
      'worker.skills HAS "x" AND (worker.skills HAS "y" OR worker.skills HAS "z")',
      'a queue asks for all its skills, not for one of several; give who has one of them a skill of its own.',
    ],
  ])('%s is refused', (expression, message) => {
    expect(faultsOf(workflow(filter('type == "x"', { queue: 'Q', expression })))).toEqual([
      `/task_routing/filters/0/targets/0/expression Cannot be translated: ${message}`,
    ])
  })
})

describe('who helped last', () => {
  const known = (index: number, written: string) =>
    `${at(index)} Whoever helped this customer last is asked first and waited for while online; “${written}” is not read.`
  const asks = { queue: 'A', known_worker_sid: ' task.agent ' }

  it.each([
    ['as long as the target lasts', { timeout: 20 }, [{ team: 'A', sameAgent: '20s', maxWait: '20s' }]],
    ['for a day where it has no end', {}, [{ team: 'A', sameAgent: '1d', maxWait: '1d' }]],
    ['for a second where nobody waits', { skip_if: '1==1' }, [{ team: 'A', sameAgent: '1s', maxWait: '1s' }]],
  ])('is waited for %s', (_title, target, queues) => {
    expect(queuesOf({ ...asks, ...target })).toStrictEqual(queues)
    expect(saidOf({ ...asks, ...target })).toEqual([known(0, 'task.agent')])
  })

  it('may be named by the target’s expression, with skills beside', () => {
    const expression = 'worker.friendly_name == task.agents[0].name AND worker.skills HAS "x"'
    expect(queuesOf({ queue: 'A', expression })).toStrictEqual([
      { team: 'A', skills: { x: 1 }, sameAgent: '1d', maxWait: '1d' },
    ])
    expect(saidOf({ queue: 'A', expression })).toEqual([known(0, 'task.agents[0].name')])
    expect(saidOf({ ...asks, expression })).toEqual([known(0, 'task.agent')])
  })

  it('is waited for in the queue of the next target, when that is for the same team', () => {
    expect(
      queuesOf(
        { ...asks, timeout: 20 },
        {
          expression: 'worker.levels.x >= 3 AND worker.languages HAS "es"',
          timeout: 20,
          order_by: 'worker.levels.x DESC',
        },
        { expression: 'worker.levels.x >= 3', order_by: 'worker.levels.x DESC', timeout: 20 },
      ),
    ).toStrictEqual([
      {
        team: 'A',
        skills: { x: 3 },
        prefer: { x: 4 },
        language: 'es',
        sameAgent: '20s',
        maxWait: '1m',
        relax: [{ after: '40s', drop: ['language'] }],
      },
    ])
  })

  it('is waited for a second there where only a skip leads on', () => {
    expect(queuesOf({ ...asks, skip_if: '1==1' }, { expression: 'worker.skills HAS "x"' })).toStrictEqual([
      { team: 'A', skills: { x: 1 }, sameAgent: '1s', maxWait: '1d' },
    ])
    expect(queuesOf({ ...asks, skip_if: '1==1', timeout: 20 }, { timeout: 30 })).toStrictEqual([
      { team: 'A', sameAgent: '1s', maxWait: '31s' },
    ])
  })

  it.each([
    [
      'another team',
      { queue: 'B', expression: 'worker.skills HAS "x"' },
      { team: 'B', skills: { x: 1 }, maxWait: '1d' },
    ],
    ['another priority', { priority: 3 }, { team: 'A', priority: 3, ageing: '1d', maxWait: '1d' }],
    ['another one who is known', { known_worker_sid: 'task.other' }, { team: 'A', sameAgent: '1d', maxWait: '1d' }],
  ])('is waited for in a queue before one with %s', (_title, next, queue) => {
    const ageing = 'priority' in next ? { ageing: '1d' } : {}
    expect(queuesOf({ ...asks, timeout: 20 }, next)).toStrictEqual([
      { team: 'A', sameAgent: '20s', ...ageing, maxWait: '20s' },
      queue,
    ])
  })

  it('is waited for in a queue of their own where nothing but a skip ends the wait', () => {
    expect(
      queuesOf({ ...asks, skip_if: 'workers.available == 0' }, { expression: 'worker.skills HAS "x"' }),
    ).toStrictEqual([
      { team: 'A', sameAgent: '1d', maxWait: '1d' },
      { team: 'A', skills: { x: 1 }, maxWait: '1d' },
    ])
  })
})

describe('who has more of a skill goes first', () => {
  const more = (levels: string) =>
    `${at(0)}/order_by Who has ${levels} or more goes first; TaskRouter sorts by the exact level.`

  it.each([
    ['worker.levels.x DESC', { x: 4 }, 'x at 4'],
    [' worker.routing.levels.x   desc ', { x: 4 }, 'x at 4'],
    ['worker.levels.y DESC,worker.levels.x DESC', { y: 10, x: 4 }, 'y at 10, x at 4'],
    ['worker.years_2 DESC', { years_2: 1 }, 'years_2 at 1'],
  ])('%s', (order, prefer, levels) => {
    const target = { queue: 'A', expression: 'worker.levels.x >= 3 AND worker.levels.y >= 9', order_by: order }
    expect(queuesOf(target)).toStrictEqual([{ team: 'A', skills: { x: 3, y: 9 }, prefer, maxWait: '1d' }])
    expect(saidOf(target)).toEqual([more(levels)])
  })

  it('but nobody has more than the highest level', () => {
    const target = { queue: 'A', expression: 'worker.levels.x >= 10', order_by: 'worker.levels.x DESC' }
    expect(queuesOf(target)).toStrictEqual([{ team: 'A', skills: { x: 10 }, maxWait: '1d' }])
    expect(saidOf(target)).toEqual([])
  })

  it.each([
    'worker.levels.x',
    'worker.levels.x ASC',
    'worker.levels.xDESC',
    'worker DESC',
    'task.x DESC',
    'coworker.x DESC',
    'worker.levels.x DESC NULLS',
    'worker.levels.x DESC,',
    'worker.levels.2x DESC',
    'worker.levels.x[0] DESC',
    'x worker.levels.x DESC',
  ])('no other order is known: %s', (order) => {
    expect(refusedOf({ queue: 'A', order_by: order })).toEqual([
      `${at(0)}/order_by Cannot be translated: a queue prefers who has more of a skill, as in worker.levels.sales DESC; ` +
        'write that, or take it out and choose how the team is asked.',
    ])
  })
})
