/**
 * Texts that would run a script where they are taken for more than text. Each calls `batonCanary(<number>)`. Written by
 * class: how a script is begun, and in which disguise it comes.
 */
const begun: readonly ((call: string) => string)[] = [
  (call) => `<script>${call}</script>`,
  (call) => `"><script>${call}</script>`,
  (call) => `'-${call}-'`,
  (call) => `</title><script>${call}</script>`,
  (call) => `</textarea><img src=x onerror="${call}">`,
  (call) => `--><svg onload="${call}">`,
  (call) => `<img src=x onerror=${call}>`,
  (call) => `<img/src/onerror=${call}>`,
  (call) => `<image href=x onerror=${call}>`,
  (call) => `<svg onload=${call}>`,
  (call) => `<svg><script>${call}</script></svg>`,
  (call) => `<svg><animate onbegin=${call} attributeName=x dur=1s>`,
  (call) => `<svg><set onbegin="${call}" attributeName=x>`,
  (call) => `<svg><a xlink:href="javascript:${call}"><text y=20>x</text></a></svg>`,
  (call) =>
    `<svg><use href="data:image/svg+xml,<svg id=x xmlns='http://www.w3.org/2000/svg'><script>${call}</script></svg>#x">`,
  (call) => `<svg><foreignObject><iframe srcdoc="<script>parent.${call}</script>"></foreignObject></svg>`,
  (call) => `<math><mtext><mglyph><style><img src=x onerror=${call}></style></mglyph></mtext></math>`,
  (call) => `<math href="javascript:${call}">x</math>`,
  (call) => `<iframe src="javascript:parent.${call}"></iframe>`,
  (call) => `<iframe srcdoc="<script>parent.${call}</script>"></iframe>`,
  (call) => `<object data="javascript:${call}"></object>`,
  (call) => `<embed src="javascript:${call}">`,
  (call) => `<a href="javascript:${call}">here</a>`,
  (call) => `<a href=javascript&colon;${call}>here</a>`,
  (call) => `<form action="javascript:${call}"><button autofocus>go</button></form>`,
  (call) => `<button formaction="javascript:${call}" form=x>go</button>`,
  (call) => `<input onfocus=${call} autofocus>`,
  (call) => `<select onfocus=${call} autofocus>`,
  (call) => `<details open ontoggle=${call}>x</details>`,
  (call) => `<video><source onerror=${call}></video>`,
  (call) => `<audio src onerror=${call}>`,
  (call) => `<body onload=${call}>`,
  (call) => `<body onpageshow=${call}>`,
  (call) => `<marquee onstart=${call}>x</marquee>`,
  (call) => `<style>@keyframes x{}</style><b style="animation-name:x" onanimationstart="${call}">x</b>`,
  (call) => `<link rel=stylesheet href="data:text/css,x" onload=${call}>`,
  (call) => `<link rel=import href="data:text/html,<script>${call}</script>">`,
  (call) => `<meta http-equiv=refresh content="0;url=javascript:${call}">`,
  (call) => `<base href="javascript:${call}//"><a href="x">x</a>`,
  (call) => `<template><script>${call}</script></template><noscript><img src=x onerror=${call}></noscript>`,
  (call) => `<div onpointerover=${call} style="position:fixed;inset:0">x</div>`,
  (call) => `<xss onfocus=${call} tabindex=0 autofocus id=x>`,
  (call) => `<dialog open oncancel=${call} onclose=${call}><form method=dialog><button>x</button></form></dialog>`,
  (call) => `<p popover id=p onbeforetoggle=${call}>x</p><button popovertarget=p>x</button>`,
  (call) => `javascript:${call}`,
  (call) => `JaVaScRiPt:${call}`,
  (call) => `java\tscript:${call}`,
  (call) => `\u0001javascript:${call}`,
  (call) => `data:text/html,<script>opener.${call}</script>`,
  (call) => `vbscript:${call}`,
  (call) => `https://example.com/"onmouseover="${call}`,
  (call) => `https://example.com/?<script>${call}</script>`,
  (call) => `[here](javascript:${call})`,
  (call) => `![x](x"onerror="${call})`,
  (call) => `<https://example.com" onclick="${call}">`,
  (call) => '${' + call + '}#{' + call + '}',
  (call) => `{{constructor.constructor('${call}')()}}`,
  (call) => `<%= ${call} %>`,
  (call) => `');${call};//`,
  (call) => `\\x3cscript\\x3e${call}\\x3c/script\\x3e`,
]

const disguises: readonly ((payload: string) => string)[] = [
  (payload) => payload,
  (payload) => `Hello ${payload} and thank you`,
  (payload) => payload.toUpperCase().replaceAll('BATONCANARY', 'batonCanary'),
  (payload) => payload.replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  (payload) => encodeURIComponent(payload),
  (payload) => payload.replaceAll('<', '\uff1c').replaceAll('>', '\uff1e'),
  (payload) => payload.replaceAll('<', '<<'),
  (payload) => payload.replaceAll(' ', '/'),
  (payload) => `<!--<!-->${payload}`,
  (payload) => payload.replaceAll('script', 'scr\u200bipt'),
]

/** The first `count` of some 600, disguises spread over all classes. */
export function payloads(count: number): readonly string[] {
  const all = disguises.flatMap((disguise) => begun.map((begin) => ({ disguise, begin })))
  return all.slice(0, count).map(({ disguise, begin }, index) => disguise(begin(`batonCanary(${index})`)))
}
export const MOST_PAYLOADS = begun.length * disguises.length

/** Files that a browser would run if it were let. */
export const files: readonly { readonly name: string; readonly type: string; readonly text: string }[] = [
  {
    name: 'x.svg',
    type: 'image/svg+xml',
    text: '<svg xmlns="http://www.w3.org/2000/svg" onload="batonCanary(-1)"><script>batonCanary(-2)</script></svg>',
  },
  { name: 'x.html', type: 'text/html', text: '<script>batonCanary(-3)</script>' },
  {
    name: 'x.xhtml',
    type: 'application/xhtml+xml',
    text: '<html xmlns="http://www.w3.org/1999/xhtml"><script>batonCanary(-4)</script></html>',
  },
  { name: 'x.xml', type: 'text/xml', text: '<?xml-stylesheet href="javascript:batonCanary(-5)"?><x/>' },
  { name: 'x.pdf', type: 'application/pdf', text: '%PDF-1.4 /OpenAction << /S /JavaScript /JS (batonCanary(-6)) >>' },
  { name: 'x.png', type: 'image/png', text: '<script>batonCanary(-7)</script>' },
  { name: 'x.gif', type: 'image/gif', text: 'GIF89a/*<script>batonCanary(-8)</script>*/' },
  { name: 'x.js', type: 'text/javascript', text: 'batonCanary(-9)' },
  {
    name: "x.png\"; filename*=UTF-8''x.html",
    type: 'text/html; charset=utf-7',
    text: '+ADw-script+AD4-batonCanary(-10)+ADw-/script+AD4-',
  },
  { name: '../../x.htm\r\nContent-Type: text/html', type: 'text/html', text: '<script>batonCanary(-11)</script>' },
]
