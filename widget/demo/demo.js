// Puts the one script line into the page, with the flow that `?flow=` names.
const asked = new URLSearchParams(location.search)
const flow = asked.get('flow') ?? 'ecommerce'

const line = document.createElement('script')
line.src = '/widget.js'
line.async = true
line.dataset.flow = flow
for (const name of ['language', 'theme', 'position']) if (asked.has(name)) line.dataset[name] = asked.get(name)
document.head.append(line)

const select = document.querySelector('#flow')
if (![...select.options].some(({ value }) => value === flow)) select.add(new Option(flow, flow))
select.value = flow
document.querySelector('[data-line]').textContent =
  `<script src="${new URL('/widget.js', location.href).href}" data-flow="${flow}" async></script>`

const ask = document.querySelector('[data-ask]')
customElements.whenDefined('baton-chat').then(() => {
  ask.hidden = false
  ask.addEventListener('click', () => globalThis.baton.open())
})
