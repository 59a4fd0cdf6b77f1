/** From one to the other. */
export function Logo({ size = 24 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <rect width="24" height="24" rx="6" fill="#3b3fb6" />
      <path d="M7 16 17 8" stroke="#8f95f5" strokeWidth="2.4" />
      <circle cx="7" cy="16" r="3.1" fill="#bcbdef" />
      <circle cx="17" cy="8" r="3.1" fill="#ffffff" />
    </svg>
  )
}
