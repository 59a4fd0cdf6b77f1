/** What a flow holds, as its cards say it: names and texts for people who do not program. */

/** A variable's name as words: `orderNumber` is “order number”. */
export function inWords(name: string): string {
  return name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim()
    .toLowerCase()
}

/** A Liquid text without its signs: what is filled in stands in brackets, “Hello [name]”. */
export function readable(template: string): string {
  return template
    .replace(/\{%[^%]*%\}/g, ' ')
    .replace(/\{\{([^{}]*)\}\}/g, (_, expression: string) => `[${inWords(filledIn(expression))}]`)
    .replace(/\s+/g, ' ')
    .replace(/ ([.,!?;:])/g, '$1')
    .trim()
}

/** The last part of the name, before any filter. */
function filledIn(expression: string): string {
  const [name = ''] = expression.split('|')
  return name.trim().split('.').at(-1) ?? ''
}
