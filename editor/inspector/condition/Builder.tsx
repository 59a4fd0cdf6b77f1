/** The query builder over a condition. It draws what `query.ts` reads, and gives back what `query.ts` writes. */
import { useMemo, useState } from 'react'
import { QueryBuilder, type FullField, type RuleGroupType, type RuleType } from 'react-querybuilder'
import { words } from '../../words/en.ts'
import classes from './Builder.module.css'
import { controls } from './controls.tsx'
import type { Name } from './names.ts'
import { readQuery, writeQuery } from './query.ts'
import { relationNamed, relationsOf, type NameType } from './relations.ts'

interface BuilderProps {
  readonly label: string
  readonly source: string
  readonly names: readonly Name[]
  onChange(source: string): void
}

const NOTHING: RuleGroupType = { combinator: 'and', rules: [] }
const classNames = {
  queryBuilder: classes['builder'] ?? '',
  ruleGroup: classes['group'] ?? '',
  header: classes['header'] ?? '',
  body: classes['body'] ?? '',
  rule: classes['rule'] ?? '',
}
const combinators = [
  { name: 'and', value: 'and', label: words.inspector.condition.all },
  { name: 'or', value: 'or', label: words.inspector.condition.any },
]

export function Builder({ label, source, names, onChange }: BuilderProps) {
  // What is being drawn may be less than a condition yet, so the drawing lives here until the text says something else.
  const [drawing, setDrawing] = useState(() => ({ query: readQuery(source) ?? NOTHING, source }))
  const query = drawing.source === source ? drawing.query : (readQuery(source) ?? NOTHING)
  const fields = useMemo(() => fieldsOf(names, query), [names, query])
  const typeOf = (field: string): NameType => names.find((name) => name.path === field)?.type ?? 'any'

  const draw = (next: RuleGroupType): void => {
    const written = writeQuery(next)
    const changed = written !== writeQuery(query)
    setDrawing({ query: next, source: changed ? written : source })
    if (changed) onChange(written)
  }

  return (
    <div ref={plain}>
      <QueryBuilder
        query={query}
        onQueryChange={draw}
        enableMountQueryChange={false}
        fields={fields}
        combinators={combinators}
        context={{ names, label }}
        controlElements={controls}
        controlClassnames={classNames}
        suppressStandardClassnames
        addRuleToNewGroups
        showNotToggle
        listsAsArrays
        maxLevels={4}
        translations={words.inspector.condition.builder}
        getOperators={(field) =>
          relationsOf(typeOf(field), field).map(({ name }) => ({
            name,
            value: name,
            label: words.inspector.relations[name],
          }))
        }
        getValueSources={(_, operator) =>
          ['infix', 'method'].includes(relationNamed(operator)?.form ?? '') ? ['value', 'field'] : ['value']
        }
        getDefaultField={names.find((name) => name.of === 'value')?.path ?? names[0]?.path ?? ''}
        getDefaultValue={(rule) => valueOf(rule, typeOf(rule.field))}
        accessibleDescriptionGenerator={({ path }) => (path.length === 0 ? label : words.inspector.condition.group)}
      />
    </div>
  )
}

/** The builder calls itself a form, a landmark each; it is a part of ours, and its row is labelled already. */
function plain(element: HTMLElement | null): void {
  element?.querySelector('[role="form"]')?.removeAttribute('role')
}

/** Names that the flow does not offer but the condition uses (`vars.order.status`) stand in the list too. */
function fieldsOf(names: readonly Name[], query: RuleGroupType): FullField[] {
  const offered = new Set(names.map((name) => name.path))
  const others = usedIn(query).filter((path) => !offered.has(path))
  return [...offered, ...new Set(others)].map((path) => ({ name: path, value: path, label: path }))
}

function usedIn(query: RuleGroupType): readonly string[] {
  return query.rules.flatMap((part) => ('rules' in part ? usedIn(part) : [part.field]))
}

function valueOf({ operator }: RuleType, type: NameType): unknown {
  const form = relationNamed(operator)?.form
  if (form === 'bare' || form === 'has') return null
  const value = type === 'number' ? 0 : ''
  return form === 'among' ? [value] : value
}
