/**
 * Elements, made by hand: texts are always text, and nothing here needs more than a strict policy of the page allows.
 */
type Attribute = string | number | boolean | undefined | ((event: Event) => void)
export type Child = Node | string | false | undefined

/** An element; `on…` listens, a boolean sets or leaves out. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(name.slice(2), safely(value))
    else if (value === true) node.setAttribute(name, '')
    else if (value !== undefined && value !== false) node.setAttribute(name, String(value))
  }
  node.append(...children.filter((child) => child !== undefined && child !== false))
  return node
}

/** The page that holds the widget never sees an error of the widget's. */
export function safely<Given extends readonly unknown[]>(action: (...given: Given) => void): (...given: Given) => void {
  return (...given) => attempt(() => action(...given))
}

/** Does it now, and as quietly. */
export function attempt(action: () => void): void {
  try {
    action()
  } catch (error) {
    console.error('Baton’s chat:', error)
  }
}

/** Says `text` in `node` unless it says so already: what is said again is read aloud again. */
export function say(node: HTMLElement, text: string): void {
  if (node.textContent !== text) node.textContent = text
  node.hidden = text === ''
}

/** What has the keyboard, where that is `node` or within it. */
export function focusIn(node: Node): Element | null {
  const root = node.getRootNode()
  const at = root instanceof ShadowRoot ? root.activeElement : null
  return node.contains(at) ? at : null
}

const paths = {
  chat: 'M4 5h16v11H10l-5 4v-4H4z',
  close: 'M6 6l12 12M18 6L6 18',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  send: 'M12 19V5M6 11l6-6 6 6',
  attach: 'M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 5 5l-8.5 8.5a1.7 1.7 0 0 1-2.5-2.5L15 7',
  file: 'M6 3h8l4 4v14H6zM14 3v5h4',
  down: 'M6 9l6 6 6-6',
  text: 'M5 7V5h14v2M12 5v14M9 19h6',
  bot: 'M6 9h12v9H6zM12 9V5M10 13h.01M14 13h.01',
} as const
export type IconName = keyof typeof paths

export function icon(name: IconName): SVGElement {
  const make = (tag: string, attributes: Readonly<Record<string, string>>): SVGElement => {
    const node = document.createElementNS('http://www.w3.org/2000/svg', tag)
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value)
    // The namespace's elements are these.
    return node as SVGElement
  }
  const svg = make('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' })
  svg.append(make('path', { d: paths[name] }))
  return svg
}

/** A button that shows only an icon. */
export function iconButton(
  name: IconName,
  label: string,
  attributes: Readonly<Record<string, Attribute>> = {},
): HTMLButtonElement {
  return h('button', { type: 'button', class: 'icon', 'aria-label': label, title: label, ...attributes }, icon(name))
}
