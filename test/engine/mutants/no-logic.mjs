/**
 * Leaves alone what no test should hold.
 *
 * - Sentences for people: a text with a space in it. To empty one is no fault of the logic, and a test that repeats every
 *   word of it only has to be changed with it. What stands inside of a sentence and decides is mutated all the same.
 * - The end of an exhaustive switch, `satisfies never`: the compiler holds that it is never reached.
 */
class NoLogic {
  shouldIgnore({ node }) {
    if (isSentence(node)) return 'words for people'
    return isNever(node) ? 'never reached, by its type' : undefined
  }
}

function isSentence(node) {
  if (node.type === 'StringLiteral') return node.value.includes(' ')
  if (node.type !== 'TemplateLiteral') return false
  return node.quasis.some(({ value }) => value.raw.includes(' ')) && node.expressions.every(isName)
}

/** `who`, `agent.name`: nothing in it to get wrong. */
function isName({ type, computed, object }) {
  return type === 'Identifier' || (type === 'MemberExpression' && !computed && isName(object))
}

function isNever({ type, test, consequent }) {
  return type === 'SwitchCase' && test === null && consequent.length === 1 && isSatisfied(consequent[0]?.argument)
}

function isSatisfied(expression) {
  return expression?.type === 'TSSatisfiesExpression' && expression.typeAnnotation.type === 'TSNeverKeyword'
}

export const strykerPlugins = [{ kind: 'Ignore', name: 'no-logic', value: new NoLogic() }]
