/**
 * What of a page may become HTML or a program, in browsers that know trusted types; the policy of the page
 * (`appPolicy`) allows this one alone. Laws:
 *   1. A text with a “<” never becomes HTML. Without one it is what Mantine writes: the rules of a `<style>`.
 *   2. A worker runs a file of our own origin. No text becomes a script.
 */
export interface TrustedTypes {
  createPolicy(
    name: string,
    rules: Readonly<Record<'createHTML' | 'createScriptURL', (text: string) => string | null>>,
  ): unknown
}
declare global {
  interface Window {
    readonly trustedTypes?: TrustedTypes
  }
}

// Null is refused by the browser: whoever wrote it gets a TypeError, and the page reports it.
window.trustedTypes?.createPolicy('default', {
  createHTML: (text) => (text.includes('<') ? null : text),
  createScriptURL: (url) => (new URL(url, window.location.href).origin === window.location.origin ? url : null),
})
