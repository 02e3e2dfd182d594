/** The product's sign: a gate, half raised. */

export function BrandMark() {
  return (
    <svg className="brand-mark" viewBox="0 0 20 20" width="20" height="20" aria-hidden focusable="false">
      <path className="brand-posts" d="M4 2v16M16 2v16M2 3h16" />
      <path className="brand-gate" d="M6.5 5.5h7v6h-7z" />
      <path className="brand-water" d="M6 15.5h8" />
    </svg>
  );
}
