import { describe, expect, test } from 'vitest'
import { addNode, changeData, changeHead, freshNode, moveNodes, removeNodes } from '#editor/document/commands/index.ts'
import { emptyDocument } from '#editor/document/document.ts'
import { createEditor } from '#editor/document/editor.ts'

describe('Undo and redo', () => {
  test('what was typed in one field is one step; another field is another', () => {
    const editor = opened()
    for (const text of ['H', 'He', 'Hey']) editor.run(changeData('say', { text }, 'text'))
    for (const text of ['a', 'ab'])
      editor.run(changeData('say', { text: 'Hey', quickReplies: [{ id: 'a', label: text }] }, 'quickReplies'))
    editor.undo()
    expect(dataOf(editor)).toEqual({ text: 'Hey' })
    editor.undo()
    expect(dataOf(editor)).toEqual({ text: 'Hello! How can I help?' })
  })

  test('what was typed before and after leaving the field are two steps', () => {
    const editor = opened()
    editor.run(changeData('say', { text: 'One' }, 'text'))
    editor.endBurst()
    editor.run(changeData('say', { text: 'One two' }, 'text'))
    editor.undo()
    expect(dataOf(editor)).toEqual({ text: 'One' })
  })

  test('typing goes on as a new step after undo', () => {
    const editor = opened()
    editor.run(changeData('say', { text: 'One' }, 'text'))
    editor.undo()
    editor.run(changeData('say', { text: 'Two' }, 'text'))
    editor.undo()
    expect(dataOf(editor)).toEqual({ text: 'Hello! How can I help?' })
  })

  test('many moves in one gesture are one step', () => {
    const editor = opened()
    for (const x of [1, 2, 3]) editor.run(moveNodes(new Map([['say', { x, y: 0 }]]), 'drag 1'))
    editor.undo()
    expect(editor.state().document.nodes[1]?.position.x).toBe(300)
  })

  test('a new step forgets what was undone', () => {
    const editor = opened()
    editor.run(changeHead({ name: 'One' }))
    editor.undo()
    editor.run(changeHead({ name: 'Two' }))
    expect(editor.state().canRedo).toBe(false)
  })

  test('says what it will undo and redo', () => {
    const editor = opened()
    editor.run(changeHead({ name: 'One' }))
    expect(editor.state().undoLabel).toBe('Rename the flow')
    editor.undo()
    expect(editor.state().redoLabel).toBe('Rename the flow')
  })

  test('brings the selection back along with what was deleted', () => {
    const editor = opened()
    editor.select(['say'])
    editor.run(removeNodes(['say']))
    expect(editor.state().selection.nodes.size).toBe(0)
    editor.undo()
    expect([...editor.state().selection.nodes]).toEqual(['say'])
  })

  test('ten thousand steps are all undone', () => {
    const editor = opened()
    const { document } = editor.state()
    for (let step = 0; step < 10_000; step += 1) editor.run(changeHead({ name: `Name ${step}` }))
    while (editor.state().canUndo) editor.undo()
    expect(editor.state().document).toBe(document)
  })

  test('a flow that is only looked at does not change', () => {
    const editor = opened()
    editor.run(changeHead({ name: 'One' }))
    editor.allow({ drawing: false, saving: true })
    editor.undo()
    expect(editor.run(changeHead({ name: 'Two' }))).toBe(false)
    expect(editor.state().document.name).toBe('One')
  })
})

describe('The selection', () => {
  test('forgets what is no longer there, and stays the very same while nothing changes', () => {
    const editor = opened()
    editor.select(['say', 'start'])
    const { selection } = editor.state()
    editor.run(changeHead({ name: 'Other' }))
    expect(editor.state().selection).toBe(selection)
    editor.select(['start', 'say'])
    expect(editor.state().selection).toBe(selection)
  })

  test('asking for the same step twice brings it into view twice; for one that is gone, not at all', () => {
    const editor = opened()
    editor.focusNode('say')
    const first = editor.state().focus
    editor.focusNode('say')
    expect(editor.state().focus).not.toEqual(first)
    editor.focusNode('gone')
    expect(editor.state().focus?.node).toBe('say')
  })
})

function opened() {
  const editor = createEditor()
  const empty = emptyDocument('flow', 'Flow')
  const document = addNode(freshNode(empty, 'say', { x: 300, y: 0 })).apply(empty)
  editor.load({ flowId: 'flow', document, published: null })
  return editor
}

function dataOf(editor: ReturnType<typeof createEditor>): unknown {
  return editor.state().document.nodes.find((node) => node.id === 'say')?.data
}
